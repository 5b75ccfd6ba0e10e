import type { Builder } from "../../builders/builder.ts";
import type { BuildEvidence } from "../../core/build-evidence.ts";
import type { Capability } from "../../core/capability.ts";
import { diagnose } from "../../core/diagnose.ts";
import { createRoom } from "../../core/room.ts";
import { SECURITY_PROFILES, type SecurityProfile } from "../../core/security-profile.ts";
import { findLack } from "./find-lack.ts";
import type { Probe } from "./probe.ts";
import { probeFiles } from "./probe-files.ts";
import type { ProbeResult, ProbeRow, ProfileMatrix } from "./profile-matrix.ts";
import { tryProbe } from "./try-probe.ts";
import { whyUnavailable } from "./why-unavailable.ts";

/** Small builds, which nevertheless take a node's time. */
const AT_ONCE = 3;
const LAST_LINES = 3;

export type ProfileExamination = {
  probes: readonly Probe[];
  /** By the name that build pods pull it. */
  base: string;
  openBuilder: (profile: SecurityProfile, capabilities: readonly Capability[]) => Promise<Builder>;
  progress: (line: string) => void;
};

/** Builds every probe under every profile that the cluster can run, and finds out what each failure lacked. */
export async function examineProfiles(examination: ProfileExamination): Promise<ProfileMatrix> {
  const { probes, base, openBuilder, progress } = examination;
  const files = await probeFiles();
  const builders = new Map<string, Promise<Builder>>();
  const room = createRoom(AT_ONCE);
  try {
    const unavailable: ProfileMatrix["unavailable"] = {};
    for (const profile of SECURITY_PROFILES) {
      const why = await whyUnavailable(await builderFor(profile), profile, base);
      if (why !== undefined) unavailable[profile] = why;
      progress(why === undefined ? `${profile}: this cluster runs it` : `${profile}: ${why}`);
    }
    const profiles = SECURITY_PROFILES.filter((profile) => !(profile in unavailable));
    const rows = await Promise.all(
      probes.map(async (probe): Promise<ProbeRow> => {
        const results = await Promise.all(
          profiles.map(async (profile) => [profile, await resultOf(probe, profile)] as const),
        );
        progress(`probed: ${probe.name}`);
        return { probe, results: Object.fromEntries(results) };
      }),
    );
    return { rows, unavailable };
  } finally {
    const opened = await Promise.allSettled(builders.values());
    await Promise.all(opened.map((each) => (each.status === "fulfilled" ? each.value.close() : undefined)));
  }

  function builderFor(profile: SecurityProfile, capabilities: readonly Capability[] = []): Promise<Builder> {
    const key = [profile, ...capabilities].join();
    const builder = builders.get(key) ?? openBuilder(profile, capabilities);
    builders.set(key, builder);
    return builder;
  }

  async function failureOf(probe: Probe, profile: SecurityProfile, capabilities?: readonly Capability[]) {
    const builder = await builderFor(profile, capabilities);
    const { free } = await room.take(1);
    try {
      const outcome = await tryProbe(builder, wholeDockerfile(probe, base), files);
      return "evidence" in outcome ? outcome.evidence : undefined;
    } finally {
      free();
    }
  }

  async function resultOf(probe: Probe, profile: SecurityProfile): Promise<ProbeResult> {
    const evidence = await failureOf(probe, profile);
    if (!evidence) return { passes: true };
    const said = lastWordsOf(evidence);
    const passesWith = async (capabilities: readonly Capability[]) =>
      (await failureOf(probe, profile, capabilities)) === undefined;
    const lacks = profile === "privileged" ? undefined : await findLack(said, passesWith);
    const { cause } = diagnose(evidence, wholeDockerfile(probe, base));
    return { passes: false, lacks, said: cause };
  }
}

function lastWordsOf({ log }: BuildEvidence): string[] {
  return log.slice(-LAST_LINES).filter((line) => !line.includes("waiting for process to exit"));
}

function wholeDockerfile({ dockerfile }: Probe, base: string): string {
  if (dockerfile.startsWith("FROM scratch")) return `${dockerfile}\n`;
  return `FROM ${base}${dockerfile.startsWith(" AS ") ? "" : "\n"}${dockerfile}\n`;
}
