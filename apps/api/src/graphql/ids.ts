export { decodeId, encodeId, parseId } from '@unionhall/platform';
