import type { KanikoSettings } from "../../src/builders/kaniko/settings.ts";
import type { BuilderWorld } from "../contract/builder.ts";
import type { KanikoWorld } from "./kaniko-world.ts";
import { packContext } from "./pack-context.ts";

const staged = (from: string) => `${from.trim()} AS first
ARG GREETING
ARG TOKEN
RUN echo "greeting $GREETING"; echo "token $TOKEN"; echo "length \${#TOKEN}"
FROM first AS last
RUN echo last
`;

/** The world of the builders' contract suite, with Kaniko. */
export function kanikoContract(world: KanikoWorld, settings: Partial<KanikoSettings> = {}): BuilderWorld {
  return {
    open: () => world.open(settings),
    destination: world.destination,
    secret: world.secret,
    buildContext(kind) {
      if (kind === "staged") return packContext({ Dockerfile: staged(world.from) });
      const run = {
        good: "echo one",
        failing: "echo two; exit 3",
        slow: "echo three; sleep 5",
        endless: "echo four; sleep 3000",
      }[kind];
      return packContext({ Dockerfile: `${world.from}RUN ${run}\n` });
    },
    stored: world.stored,
    leftovers: world.leftovers,
  };
}
