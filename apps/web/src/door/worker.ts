import { precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & {
  /** Every part of the door, put in by the build. */
  readonly __DOOR_PARTS__: PrecacheEntry[];
};

/** Keeps the whole door on the phone, so that it opens without a connection; a new version takes over at once. */
precacheAndRoute(self.__DOOR_PARTS__, { ignoreURLParametersMatching: [/.*/] });
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
