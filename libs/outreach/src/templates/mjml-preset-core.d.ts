/** The components of MJML; the package has no types of its own. */
declare module 'mjml-preset-core' {
  const preset: object;
  export default preset;
}
