// Preloaded into a worker: its own clock is off by CLOCK_SKEW_MS. The database's clock is not.
const skew = Number(process.env.CLOCK_SKEW_MS ?? '0');
if (skew !== 0) {
  const RealDate = Date;
  const now = () => RealDate.now() + skew;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(now());
      else super(...given);
    }
    static now() {
      return now();
    }
  };
}
