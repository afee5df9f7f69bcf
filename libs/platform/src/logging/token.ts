export const LOGGER = Symbol('unionhall.logger');
