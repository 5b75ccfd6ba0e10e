import type { ApiCall } from "./route.ts";

const USUAL_PAGE = 30;

/** The page of a list that was asked for, and the `Link` header that leads to the others. */
export function paginate<T>(
  call: ApiCall,
  listUrl: string,
  items: T[],
): { page: T[]; headers: Record<string, string> } {
  const size = Math.min(Number(call.query.per_page ?? USUAL_PAGE), 100);
  const number = Number(call.query.page ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const address = (page: number) => {
    const query = new URLSearchParams({ ...stringify(call.query), page: String(page) });
    return `<${listUrl}?${query}>`;
  };
  const links = [
    ...(number > 1 ? [`${address(number - 1)}; rel="prev"`, `${address(1)}; rel="first"`] : []),
    ...(number < last ? [`${address(number + 1)}; rel="next"`, `${address(last)}; rel="last"`] : []),
  ];
  const page = items.slice((number - 1) * size, number * size);
  return { page, headers: links.length > 0 ? { link: links.join(", ") } : {} };
}

function stringify(query: ApiCall["query"]): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}
