/** What one person, or the administrator in a person's name, does through Gitea's API: https://docs.gitea.com/api/1.24/ */
export type GiteaPerson = {
  login: string;
  /** Resolves to the answer's JSON; undefined when it is empty. Rejects when Gitea refuses. */
  ask<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
};

export const PASSWORD = "correct horse battery staple";

export type GiteaPeople = {
  admin: GiteaPerson;
  /** Makes the account where there is none yet. */
  person(login: string): Promise<GiteaPerson>;
  createToken(login: string, scopes: string[]): Promise<string>;
};

export function giteaPeople(url: string, adminToken: string): GiteaPeople {
  const asAdmin = { authorization: `token ${adminToken}` };
  const personOf = (login: string, headers: Record<string, string>): GiteaPerson => ({
    login,
    ask: (method, path, body) => askGitea(`${url}/api/v1${path}`, method, headers, body),
  });
  const admin = personOf("root", asAdmin);
  const known = new Map<string, Promise<GiteaPerson>>();

  async function createPerson(login: string): Promise<GiteaPerson> {
    const account = { username: login, email: `${login}@example.com`, password: PASSWORD };
    await admin.ask("POST", "/admin/users", { ...account, must_change_password: false });
    return personOf(login, { ...asAdmin, sudo: login });
  }

  return {
    admin,
    person(login) {
      const person = known.get(login) ?? createPerson(login);
      known.set(login, person);
      return person;
    },
    async createToken(login, scopes) {
      const own = personOf(login, { authorization: `Basic ${btoa(`${login}:${PASSWORD}`)}` });
      const name = `token ${crypto.randomUUID()}`;
      const { sha1 } = await own.ask<{ sha1: string }>("POST", `/users/${login}/tokens`, { name, scopes });
      return sha1;
    },
  };
}

async function askGitea<Answer>(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text.slice(0, 500)}`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}
