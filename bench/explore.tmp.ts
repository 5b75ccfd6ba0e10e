import { alternate } from "./push/alternate.ts";
import { ensureLocalCluster } from "../test/local-cluster/local-cluster.ts";
const cluster = await ensureLocalCluster((l) => console.error(l));
const tiny = { name: "tiny", files: (base: string, round: number) => ({ Dockerfile: `FROM ${base}\nCOPY hello.txt /hello.txt\n`, "hello.txt": `round ${round}\n` }) };
const rounds = await alternate(cluster, tiny, Number(process.argv[2] ?? 2), console.error);
for (const { bot, bare } of rounds) {
  const s = bot.stages; const b = Object.fromEntries(Object.entries(s).map(([k, v]) => [k, v - s.accepted]));
  console.log(JSON.stringify({ ...b, image: bot.imageInRegistry - s.accepted, check: bot.checkCompleted - s.accepted, calls: bot.githubCalls.length }));
  console.log("   bare", JSON.stringify({ began: bare.executor.began - bare.created, ended: bare.executor.ended - bare.created, image: bare.imageInRegistry - bare.created, complete: bare.complete - bare.created }));
}
