export const WORKER_POINTS: readonly string[];
export const API_POINTS: readonly string[];
