import { pino } from "pino";
import type { BuildPorts } from "../../../src/builds/build-ports.ts";
import { createArchiveSpool } from "../../../src/context/archive-spool.ts";
import { createFairRoom } from "../../../src/core/fair-room.ts";
import { Digest, RegistryPlace } from "../../../src/core/image-reference.ts";
import type { Policy } from "../../../src/core/policy.ts";
import { createTurns } from "../../../src/core/turns.ts";
import { createFakeBuildQueue, type FakeBuildQueue } from "../../fakes/fake-build-queue.ts";
import { createFakeForge, type FakeForge } from "../../fakes/fake-forge.ts";
import { createFakeHistory } from "../../fakes/fake-history.ts";
import { createFakeRegistry, type FakeRegistry } from "../../fakes/fake-registry.ts";
import { createFakeVerifier, type FakeVerifier } from "../../fakes/fake-verifier.ts";
import { policyOf } from "../core/decide/askings.ts";
import { createScriptedBuilder, type ScriptedBuilder } from "./scripted-builder.ts";

export const digest = Digest.parse(`sha256:${"d".repeat(64)}`);

/** What every use case stands on, in memory, but for the archives on the disk. */
export type BuildsWorld = {
  readonly ports: BuildPorts;
  readonly forge: FakeForge;
  readonly builds: FakeBuildQueue;
  readonly registry: FakeRegistry;
  readonly builder: ScriptedBuilder;
  readonly verifier: FakeVerifier;
};

export async function createBuildsWorld(
  folder: string,
  { places = 1, policy = policyOf() }: { places?: number; policy?: Policy } = {},
): Promise<BuildsWorld> {
  const forge = createFakeForge();
  const builds = createFakeBuildQueue();
  const registry = createFakeRegistry();
  const builder = createScriptedBuilder();
  const verifier = createFakeVerifier();
  const place = RegistryPlace.parse("registry.example.com/team");
  const ports: BuildPorts = {
    forgeOf: () => forge,
    spool: await createArchiveSpool(folder, { archive: 2 ** 20, spool: 2 ** 24, stallMs: 1000 }),
    history: createFakeHistory(),
    builds,
    builder,
    verifier,
    registry,
    policy,
    push: place,
    pull: place,
    places: createFairRoom({ total: places, perKey: places }),
    inTurn: createTurns(),
    linkTo: (id) => `https://pushwright.example.com/builds/${id}?key=k`,
    log: pino({ level: "silent" }),
  };
  return { ports, forge, builds, registry, builder, verifier };
}
