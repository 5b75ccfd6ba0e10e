import type { BaseResource } from "@gitbeaker/requester-utils";
import { z } from "zod";

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
});

/** Runs a query or mutation and gives its data: https://docs.gitlab.com/api/graphql/ */
export type Graphql = (query: string, variables: Record<string, string>) => Promise<Record<string, unknown>>;

export function createGraphql({ requester }: BaseResource): Graphql {
  return async (query, variables) => {
    // Beside `api/v4/`, which every other endpoint is in.
    const { body } = await requester.post("../graphql", { body: { query, variables } });
    const { data, errors } = Answer.parse(body);
    if (errors?.length) throw new Error(errors.map(({ message }) => message).join("; "));
    if (!data) throw new Error("GitLab's answer holds no data");
    return data;
  };
}
