import { z } from "zod";

/** A query's values are text. */
export const Paging = z.object({
  page: z.coerce.number().int().positive().default(1),
  per_page: z.coerce.number().int().positive().max(100).default(20),
});
export type Paging = z.infer<typeof Paging>;

export const Nothing = z.strictObject({});
export const NoBody = z.undefined();

/** One page, with the headers that GitLab sends with it: https://docs.gitlab.com/api/rest/#pagination */
export function paginate<Item>(items: Item[], { page, per_page }: Paging, url: string) {
  const last = Math.max(1, Math.ceil(items.length / per_page));
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  next.searchParams.set("per_page", String(per_page));
  return {
    body: items.slice((page - 1) * per_page, page * per_page),
    headers: {
      "x-page": String(page),
      "x-per-page": String(per_page),
      "x-next-page": page < last ? String(page + 1) : "",
      "x-total": String(items.length),
      ...(page < last ? { link: `<${next.href}>; rel="next"` } : {}),
    },
  };
}
