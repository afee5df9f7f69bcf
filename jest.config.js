const swc = (ignoreDynamic) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs', ignoreDynamic },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
  },
];

/** @type {import('jest').Config} */
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    // These import other packages when they are registered; inside Jest that is a require.
    '/node_modules/(mercurius|@fastify/cookie|@nestjs)/.+\\.js$': swc(false),
    '^.+\\.(t|j|mj)s$': swc(true),
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|request-filtering-agent|mercurius|quick-lru|content-disposition|cookie|@fastify/cookie|qr)/)',
  ],
  moduleNameMapper: {
    '^@unionhall/migrations$': '<rootDir>/migrations/index.ts',
    '^@unionhall/(.*)$': '<rootDir>/libs/$1/src/index.ts',
  },
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/bench/', '<rootDir>/node_modules/.cache/'],
};

const withServers = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  ...(process.env.CI ? { maxWorkers: 2 } : {}),
  testTimeout: 150_000,
  ...withServers,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts'],
    },
    { ...base, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'] },
    { ...base, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    { ...base, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.spec.ts'] },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
  ],
};
