import type { KanikoResources, KanikoSettings } from "../kaniko/settings.ts";

/** How pushed images are run: where and as builds are, with limits of their own. */
export type VerifierSettings = KanikoSettings & { resources: KanikoResources };
