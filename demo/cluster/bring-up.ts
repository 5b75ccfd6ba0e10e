import { ensureLocalCluster } from "../../test/local-cluster/local-cluster.ts";

/** A program of its own, so that Ctrl-C ends it at once even while it builds Kubernetes from source for minutes. */
const cluster = await ensureLocalCluster((line) => process.stderr.write(`${line}\n`)).catch(
  (error: Error) => ({
    error: error.message,
  }),
);
process.stdout.write(JSON.stringify(cluster));
