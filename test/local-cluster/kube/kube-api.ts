import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { ports } from "../addresses.ts";

export type KubeApi = {
  get: (path: string) => Promise<string>;
  /** Server-side apply: creates the object or makes it equal. */
  apply: (path: string, object: object) => Promise<void>;
};

/** The little of the Kubernetes API that the cluster needs to get itself ready. */
export function connectKubeApi(pki: string): KubeApi {
  const [ca, cert, key] = ["ca.crt", "admin.crt", "admin.key"].map((name) => readFileSync(join(pki, name)));
  const call = (method: string, path: string, type?: string, body?: string): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const headers = type === undefined ? {} : { "content-type": type };
    const options = {
      host: "127.0.0.1",
      port: ports.apiServer,
      path,
      method,
      headers,
      ca,
      cert,
      key,
      timeout: 5000,
    };
    const sent = request({ ...options, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        const { statusCode = 0 } = response;
        if (statusCode < 300) resolve(text);
        else reject(new Error(`${method} ${path}: ${statusCode} ${text.slice(0, 500)}`));
      });
      response.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer in 5 s`)));
    sent.on("error", reject);
    sent.end(body);
    return promise;
  };
  return {
    get: (path) => call("GET", path),
    apply: async (path, object) => {
      const url = `${path}?fieldManager=pushwright-cluster&force=true`;
      await call("PATCH", url, "application/apply-patch+yaml", JSON.stringify(object));
    },
  };
}
