import { z } from "zod";
import type { Answer } from "../http/route.ts";
import type { User, World } from "../state/world.ts";
import { addEmoji } from "./add-emoji.ts";

const Request = z.strictObject({
  query: z.string(),
  variables: z.strictObject({ id: z.string().regex(/^gid:\/\/gitlab\/Note\/\d+$/), name: z.string() }),
});

/** The one mutation that is known: https://docs.gitlab.com/api/graphql/reference/#mutationawardemojiadd */
const MUTATION =
  /^mutation \(\$id: AwardableID!, \$name: String!\) \{\s+awardEmojiAdd\(input: \{ awardableId: \$id, name: \$name \}\) \{ errors \}\s+\}$/;

export function answerGraphql(body: unknown, caller: User, world: World): Answer {
  const request = Request.safeParse(body);
  if (!request.success || !MUTATION.test(request.data.query)) {
    world.faults.push(`GraphQL: ${request.success ? request.data.query : z.prettifyError(request.error)}`);
    return { body: { errors: [{ message: "the query cannot be parsed" }] } };
  }
  const { id, name } = request.data.variables;
  const note = world.notes.find((known) => `gid://gitlab/Note/${known.id}` === id);
  const hidden = "The resource that you are attempting to access does not exist or you don't have permission";
  if (!note?.project.members.has(caller.id)) return { body: { errors: [{ message: hidden }] } };
  const emoji = addEmoji(world, note, caller, name);
  return { body: { data: { awardEmojiAdd: { errors: typeof emoji === "string" ? [emoji] : [] } } } };
}
