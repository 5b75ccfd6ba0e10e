import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Operation = {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
  parameters?: { name: string; in: string; schema: object }[];
};
type Document = { paths: Record<string, Record<string, Operation>>; components: object };

export type ApiAnswer = { status: number; headers: Headers; text: string; json: Record<string, unknown> };
export type ApiRequest = {
  method?: string;
  query?: [string, string][];
  body?: Buffer | ReadableStream | undefined;
  headers?: Record<string, string>;
};

/** Talks to the bot's API. Every request that should be good, and every answer, is held against the API's own description. */
export type ApiClient = {
  readonly document: Document;
  ask(path: string, request?: ApiRequest): Promise<ApiAnswer>;
};

export async function openApiClient(url: string, token: string): Promise<ApiClient> {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api.json", ...document });

  return {
    document,
    async ask(path, { method = "GET", query = [], body, headers = {} } = {}) {
      const search = query.length === 0 ? "" : `?${new URLSearchParams(query)}`;
      const answer = await fetch(`${url}${path}${search}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body, duplex: "half" }),
      } as RequestInit);
      const text = await answer.text();
      const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
      const { name, template } = find(path, method);
      checkAnswer(template, method, answer.status, isJson ? JSON.parse(text) : text, answer.headers);
      if (answer.ok) checkQuery(name, query);
      return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : {} };
    },
  };

  function find(path: string, method: string): { name: Operation; template: string } {
    const template = path.replace(/\/api\/builds\/[^/]+/, "/api/builds/{id}");
    const name = document.paths[template]?.[method.toLowerCase()];
    if (!name) throw new Error(`the description has no ${method} ${template}`);
    return { name, template };
  }

  function checkAnswer(
    template: string,
    method: string,
    status: number,
    body: unknown,
    headers: Headers,
  ): void {
    const content = document.paths[template]?.[method.toLowerCase()]?.responses[status]?.content;
    const type = headers.get("content-type")?.split(";")[0] ?? "";
    if (!content?.[type])
      throw new Error(`the description has no ${status} of ${type} for ${method} ${template}`);
    const place = [
      "paths",
      template,
      method.toLowerCase(),
      "responses",
      String(status),
      "content",
      type,
      "schema",
    ];
    const pointer = place
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const validate = ajv.getSchema(`api.json#/${pointer}`) ?? ajv.compile({ $ref: `api.json#/${pointer}` });
    if (!validate(body))
      throw new Error(
        `${method} ${template} ${status}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(body)}`,
      );
  }

  function checkQuery({ parameters = [] }: Operation, query: [string, string][]): void {
    for (const [name] of query) {
      const parameter = parameters.find((each) => each.in === "query" && each.name === name);
      if (!parameter) throw new Error(`the description has no parameter ${name}`);
      const values = query.filter(([other]) => other === name).map(([, value]) => value);
      const isList = (parameter.schema as { type?: string }).type === "array";
      if (!ajv.validate(parameter.schema, isList ? values : values[0]))
        throw new Error(`parameter ${name}: ${ajv.errorsText()}`);
    }
  }
}
