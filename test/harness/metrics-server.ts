import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import https, { type RequestOptions } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { KubeConfig } from "@kubernetes/client-node";
import { provideMetricsServer } from "../local-cluster/binaries/provide-metrics-server.ts";
import { clusterFolders } from "../local-cluster/folders.ts";
import { findFreePort } from "./free-port.ts";

/** The cluster's API with metrics in it, as an aggregated API server shows it. */
export type MeteredCluster = { server: string; close(): Promise<void> };

const METRICS = "/apis/metrics.k8s.io/";

/**
 * Starts a real metrics server beside the cluster, and what stands for the API server's aggregation: the test cluster has
 * none. It passes metrics' paths on to the one and all others to the other, with the kubeconfig's login.
 */
export async function startMeteredCluster(kubeconfig: string): Promise<MeteredCluster> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-metrics-"));
  const port = await findFreePort();
  const program = await provideMetricsServer(() => {});
  const metrics = spawn(program, [
    ...["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map(
      (name) => `--${name}=${kubeconfig}`,
    ),
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    "--kubelet-insecure-tls",
    "--kubelet-preferred-address-types=InternalIP",
    "--metric-resolution=10s",
    "--kubelet-request-timeout=8s",
  ]);
  let said = "";
  metrics.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const login: RequestOptions = {};
  await config.applyToHTTPSOptions(login);
  const api = new URL(config.getCurrentCluster()?.server ?? "");
  const tls = { cert: login.cert, key: login.key, rejectUnauthorized: false };

  // The API server's own certificate, which the kubeconfig trusts.
  const { pki } = clusterFolders();
  const [cert, key] = await Promise.all(
    ["kube-apiserver.crt", "kube-apiserver.key"].map((name) => readFile(join(pki, name))),
  );
  const proxy = https.createServer({ cert, key }, (request, response) => {
    const to = request.url?.startsWith(METRICS)
      ? { host: "127.0.0.1", port }
      : { host: api.hostname, port: api.port };
    const { host: _, ...headers } = request.headers;
    const passed = https.request(
      { ...tls, ...to, path: request.url, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  });
  const tunnels = new Set<Socket>();
  proxy.on("upgrade", (request, socket: Socket) => {
    const upstream = connect({ ...tls, host: api.hostname, port: Number(api.port) }, () => {
      const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
      upstream.write([`GET ${request.url} HTTP/1.1`, ...headers, "", ""].join("\r\n"));
      upstream.pipe(socket).pipe(upstream);
    });
    for (const each of [socket, upstream]) each.on("error", () => {}).on("close", () => tunnels.delete(each));
    tunnels.add(socket).add(upstream);
  });
  const answers = () =>
    new Promise<boolean>((resolve) => {
      https
        .get({ ...tls, host: "127.0.0.1", port, path: `${METRICS}v1beta1/nodes` }, (answer) => {
          answer.resume();
          resolve(answer.statusCode === 200);
        })
        .on("error", () => resolve(false));
    });
  while (!(await answers())) {
    if (metrics.exitCode !== null) throw new Error(`the metrics server ended: ${said}`);
    await sleep(200);
  }
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    server: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async close() {
      for (const each of tunnels) each.destroy();
      proxy.closeAllConnections();
      proxy.close();
      await end(metrics);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "exit");
  child.kill();
  await closed;
}
