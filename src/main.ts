const USAGE = `Usage: node src/main.ts COMMAND

  serve         Serves webhooks and runs builds. Settings come from the environment: see README.md.
  lint [PATH]   Checks a repository's .pushwright.yml, or that of the folder PATH (default: here), and says what
                would be built. See docs/configuration.md.
  build FOLDER --image NAME[:TAG]
                Builds a local folder in the cluster and prints the image's digest. See docs/build.md.
  builds [ID] [--repository OWNER/NAME] [--branch NAME] [--commit SHA] [--image PATH] [--state STATE]...
         [--limit N] [--cursor C] [--json]
                Looks builds up in the history, newest first; one of them with the end of its log.
  clean-up [--delete] [--json] [--image PATH]...
                Says which old images the policy's cleanUp lets go, and why the others stay; removes them with
                --delete. See docs/clean-up.md.
  doctor        Looks at all that the settings name: queue, cluster and the bot's rights in it, registry, forges and
                their webhooks. Says what is wrong and what to do.
  doctor --profiles [--base IMAGE] [--json]
                Builds small probes under each security profile on the settings' cluster, and says what each passes,
                what it lacks, and which profile to use. IMAGE has a shell, and pods can pull it (default: busybox).

The bot itself runs \`registry-proxy\` beside each build that has a login: see docs/registries.md.
`;

/** Signals that come so soon after each other are one. */
const SAME_MS = 1000;

/** Each loads what it needs only: checking a file needs no settings and no cluster. */
const COMMANDS: Record<string, (operands: string[]) => Promise<void>> = {
  async serve(operands) {
    if (operands.length > 0) return misuse();
    const [{ createLog }, { serve }, { loadSettings }] = await Promise.all([
      import("./create-log.ts"),
      import("./serve.ts"),
      import("./settings/load-settings.ts"),
    ]);
    const settings = await loadSettings(process.env);
    await serve(settings, createLog(settings.logLevel));
  },

  async lint(operands) {
    const [path = ".", ...others] = operands;
    if (others.length > 0 || path.startsWith("-")) return misuse();
    const { lint } = await import("./lint.ts");
    try {
      const { exitCode, output } = await lint(path);
      process.stdout.write(output);
      process.exitCode = exitCode;
    } catch (error) {
      process.stderr.write(`pushwright: checking ${path}: ${(error as Error).message}\n`);
      process.exitCode = 2;
    }
  },

  async build(operands) {
    const { buildCommand } = await import("./local-build/build-command.ts");
    const cancel = new AbortController();
    let asked = 0;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        // npm passes on what the terminal has sent already; who asks again later does not want to wait.
        if (cancel.signal.aborted && Date.now() - asked > SAME_MS) process.exit(130);
        if (cancel.signal.aborted) return;
        asked = Date.now();
        process.stderr.write("Cancelling: the build is removed from the cluster\n");
        cancel.abort(new Error(`ended by ${signal}`));
      });
    }
    const { stdin: input, stdout: output, stderr: errors } = process;
    try {
      process.exitCode = await buildCommand(operands, process.env, { input, output, errors }, cancel.signal);
    } catch (error) {
      errors.write(`pushwright build: ${(error as Error).message}\n`);
      process.exitCode = 2;
    }
  },

  async builds(operands) {
    const [{ parseBuildsOptions }, { createLog }, { runBuilds }, { loadSettings }] = await Promise.all([
      import("./commands/builds-options.ts"),
      import("./create-log.ts"),
      import("./commands/run-builds.ts"),
      import("./settings/load-settings.ts"),
    ]);
    const options = parseBuildsOptions(operands);
    process.stdout.write(await runBuilds(await loadSettings(process.env), options, createLog("silent")));
  },

  async "clean-up"(operands) {
    const { parseCleanUpOptions } = await import("./commands/clean-up-options.ts");
    const options = parseCleanUpOptions(operands);
    if (options === undefined) return misuse();
    const [{ createLog }, { runCleanUp }, { loadSettings }] = await Promise.all([
      import("./create-log.ts"),
      import("./commands/run-clean-up.ts"),
      import("./settings/load-settings.ts"),
    ]);
    const { exitCode, output } = await runCleanUp(
      await loadSettings(process.env),
      options,
      createLog("silent"),
    );
    process.stdout.write(output);
    process.exitCode = exitCode;
  },

  async doctor(operands) {
    const [{ createLog }, { parseDoctorOptions }, { loadSettings, loadBuildSettings }] = await Promise.all([
      import("./create-log.ts"),
      import("./doctor/doctor-options.ts"),
      import("./settings/load-settings.ts"),
    ]);
    const options = parseDoctorOptions(operands);
    if (!options) return misuse();
    const log = createLog("silent");
    if (options.profiles) {
      const { doctorProfiles } = await import("./doctor/profiles/doctor-profiles.ts");
      const progress = (line: string) => process.stderr.write(`${line}\n`);
      const settings = await loadBuildSettings(process.env);
      process.stdout.write(await doctorProfiles(settings, options, log, progress));
      return;
    }
    const { doctor } = await import("./doctor/doctor.ts");
    const { exitCode, output } = await doctor(await loadSettings(process.env), log, options);
    process.stdout.write(output);
    process.exitCode = exitCode;
  },
  async "registry-proxy"(operands) {
    if (operands.length > 0) return misuse();
    const plan = process.env.PUSHWRIGHT_PROXY_PLAN ?? "{}";
    const { serveProxy } = await import("./registry/proxy/serve-proxy.ts");
    await serveProxy(plan, (line) => process.stdout.write(`${line}\n`));
    await new Promise<void>((resolve) => process.once("SIGTERM", resolve));
  },
};

function misuse(): void {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

async function main([command = "", ...operands]: string[]): Promise<void> {
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  await (run === undefined ? misuse() : run(operands));
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: Error) => {
    process.stderr.write(`pushwright: ${error.message}\n`);
    process.exit(1);
  },
);
