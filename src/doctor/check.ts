/** One thing that has to be right before builds can succeed. */
export type Check = {
  /** What is looked at, for people: `the registry registry.example.com`. */
  subject: string;
  /** Resolves to what was found. A rejection is a fault too, in the words of its message. */
  look(): Promise<Found>;
};

/** `detail` says in a few words what is there, `faults` what is wrong and what to do, each as a sentence or two. */
export type Found = { detail: string; faults: string[] };

export type Finding = Found & { subject: string };
