/** Something that is wrong with a configuration, and where. */
export type ConfigFault = {
  /** Counted from 1. */
  line: number;
  column: number;
  /** What is there and what was expected, as one sentence of markdown without a full stop. */
  message: string;
};
