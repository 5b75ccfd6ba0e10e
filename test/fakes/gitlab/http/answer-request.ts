import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { allRoutes } from "../routes/all-routes.ts";
import { answerGraphql } from "../routes/graphql.ts";
import type { AccessToken, Project, World } from "../state/world.ts";
import { ApiError, forbidden, notFound } from "./api-error.ts";
import type { Answer, Call, Route } from "./route.ts";

export type ReceivedRequest = { method: string; url: URL; headers: IncomingHttpHeaders; text: string };

const API = "/api/v4/";

/** Answers as GitLab does, and records as a fault whatever it would not have understood. */
export async function answerRequest(request: ReceivedRequest, world: World): Promise<Answer> {
  try {
    const token = authorize(request.headers, world);
    if (request.url.pathname === "/api/graphql") return answerGraphql(parseBody(request), token.user, world);
    return await answerRest(request, token, world);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    world.faults.push(`the stand-in failed: ${error instanceof Error ? error.stack : error}`);
    return { status: 500, body: { message: "500 Internal Server Error" } };
  }
}

/** https://docs.gitlab.com/api/rest/authentication/#personalprojectgroup-access-tokens */
function authorize(
  { authorization = "", "private-token": own }: IncomingHttpHeaders,
  world: World,
): AccessToken {
  const secret = own ?? /^Bearer (.+)$/.exec(authorization)?.[1];
  const token = world.tokens.find((known) => known.secret === secret);
  if (!token) throw new ApiError(401, { message: "401 Unauthorized" });
  if (token.scopes.includes("api")) return token;
  throw new ApiError(403, { error: "insufficient_scope", error_description: "needs the scope api" });
}

async function answerRest(request: ReceivedRequest, token: AccessToken, world: World): Promise<Answer> {
  const { method, url } = request;
  for (const route of allRoutes) {
    const path = method === route.method && matchPath(route.path, url.pathname);
    if (!path) continue;
    const call = {
      ...{ world, path, caller: token.user },
      query: check(route.query, Object.fromEntries(url.searchParams), request, world),
      body: check(route.body, parseBody(request), request, world),
      project: "id" in path ? projectFor(route, path.id, token, world) : undefined,
    };
    return route.answer(call as unknown as Call<never, never>);
  }
  world.faults.push(`${method} ${url.pathname}: GitLab has no such endpoint`);
  throw new ApiError(404, { error: "404 Not Found" });
}

/** Each part is one segment, however many encoded slashes it has. */
function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  if (!pathname.startsWith(API)) return undefined;
  const parts = pattern.split("/");
  const given = pathname.slice(API.length).split("/");
  if (parts.length !== given.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = decodeURIComponent(given[index] ?? "");
    if (part.startsWith(":")) path[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return path;
}

function parseBody({ text, headers }: ReceivedRequest): unknown {
  if (text === "") return undefined;
  return headers["content-type"] === "application/json" ? JSON.parse(text) : { unreadable: text };
}

function check(schema: z.ZodType, value: unknown, { method, url }: ReceivedRequest, world: World): unknown {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  world.faults.push(`${method} ${url.pathname}: ${z.prettifyError(checked.error)}`);
  throw new ApiError(400, { error: `${checked.error.issues[0]?.path.join(".")} is invalid` });
}

/** What somebody may not see is not there; what he may see and not do is forbidden. */
function projectFor(route: Route, id: string | undefined, { user }: AccessToken, world: World): Project {
  const project = world.projects.find((known) => String(known.id) === id || known.path === id);
  const level = project?.members.get(user.id) ?? 0;
  if (!project || (project.isPrivate && level === 0)) throw notFound("Project");
  if (level < (route.needs ?? 0)) throw forbidden();
  return project;
}
