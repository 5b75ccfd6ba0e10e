/** Where a waiting build stands, from 1: as things are now, should no other build come. */
export type QueuePosition = { inAll: number; inRepository: number };
