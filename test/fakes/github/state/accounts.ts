import { createHash } from "node:crypto";

export type Account = { login: string; id: number; type: "User" | "Organization" | "Bot" };

/** An account by its login. Its id follows from the login, so that it is the same everywhere. */
export function accountOf(login: string, type = typeOf(login)): Account {
  const id = createHash("sha256").update(login.toLowerCase()).digest().readUInt32BE(0);
  return { login, id, type };
}

function typeOf(login: string): Account["type"] {
  return login.endsWith("[bot]") ? "Bot" : "User";
}
