import type { Note, User, World } from "../state/world.ts";

/** Some of the names that GitLab has. */
const NAMES = ["confused", "eyes", "heart", "rocket", "thumbsup"];

/** The emoji, or why GitLab does not add it. */
export function addEmoji(
  world: World,
  note: Note,
  user: User,
  name: string,
): Note["emojis"][number] | string {
  if (!NAMES.includes(name)) return "Name is not a valid emoji name";
  if (note.emojis.some((emoji) => emoji.user === user && emoji.name === name))
    return "Name has already been taken";
  const emoji = { id: world.nextId(), user, name };
  note.emojis.push(emoji);
  return emoji;
}
