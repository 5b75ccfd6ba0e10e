import type { Screen } from "../screen/screen.ts";

/** The sample repository, as the demo's forge has it. */
export type DemoRepository = {
  owner: string;
  name: string;
  defaultBranch: string;
  /** What `git push` goes to. */
  remote: string;
  /** The bare repository behind it. */
  gitDirectory: string;
};

/** What the forge shows of a build on its commit. */
export type ShownCheck = {
  name: string;
  status: string;
  conclusion: string | null;
  title: string;
  /** The same as a person sees it. */
  draw(screen: Screen): string[];
};

/** The forge that the sample is pushed to. */
export type DemoForge = {
  /** `GitHub`. */
  name: string;
  repository: DemoRepository;
  /** The bot's settings for it. */
  settings: Record<string, string>;
  /** Tells it where the bot listens. */
  sendWebhooksTo(url: string): Promise<void>;
  /** Throws when a webhook could not be sent. */
  checkDeliveries(): void;
  fetchCheck(build: { id: string; commit: string }): Promise<ShownCheck | undefined>;
  /** What it would have refused of all that the bot asked of it. */
  faults(): string[];
  /** Where a person looks at the commit, if there are pages. */
  pageOf?(commit: string): string;
};
