import type { Probe } from "./probe.ts";

const common = (name: string, ...lines: string[]): Probe => ({
  name,
  isCommon: true,
  dockerfile: lines.join("\n"),
});
const rare = (name: string, ...lines: string[]): Probe => ({ ...common(name, ...lines), isCommon: false });

const GIVEN_AWAY = "mkdir /data && echo old > /data/old && chown -R 1000:1000 /data && chmod 0700 /data";
const APP_USER = [
  "RUN echo app:x:1000:1000::/home/app:/bin/sh >> /etc/passwd && echo app:x:1000: >> /etc/group",
  "RUN mkdir -p /home/app && chown app:app /home/app",
];
const isOf = (owner: string, file: string) => `test "$(stat -c %u:%g ${file})" = ${owner}`;

/** Each checks its own result where the build could succeed without it. */
export const PROBES: readonly Probe[] = [
  common("COPY", "FROM scratch", "COPY file /file"),
  common("RUN as root", 'RUN test "$(id -u)" = 0 && mkdir /made && echo made > /made/file'),
  common("chown and chmod 0700 of a folder", `RUN ${GIVEN_AWAY}`, `RUN ${isOf("1000:1000", "/data")}`),
  common("COPY into another user's 0700 folder", `RUN ${GIVEN_AWAY}`, "COPY file /data/file"),
  common(
    "root's RUN in another user's 0700 folder",
    `RUN ${GIVEN_AWAY}`,
    "RUN cat /data/old && echo new > /data/new",
  ),
  common(
    "USER, WORKDIR and COPY --chown",
    ...APP_USER,
    "WORKDIR /home/app",
    "COPY --chown=app:app file ./",
    "USER app",
    'RUN test "$(id -u)" = 1000 && echo more >> file && mkdir made',
  ),
  common("RUN that becomes another user", ...APP_USER, `RUN test "$(su app -s /bin/sh -c 'id -u')" = 1000`),
  common(
    "RUN that unpacks a package: owners, setuid",
    "COPY package.tar /",
    "RUN tar -xpf /package.tar",
    `RUN test -u /package/program && ${isOf("0:42", "/package/secret")} && ${isOf("6:12", "/package/cache")}`,
  ),
  common(
    "RUN that unpacks a package: setgid",
    "COPY setgid.tar /",
    "RUN tar -xpf /setgid.tar",
    `RUN test -g /setgid/program && ${isOf("0:42", "/setgid/program")}`,
  ),
  common(
    "ADD of an archive: owners, setuid, hard links",
    "ADD package.tar /",
    `RUN test -u /package/linked && ${isOf("6:12", "/package/cache")}`,
  ),
  common("ADD of an archive: file capabilities", "FROM scratch", "ADD capable.tar /"),
  common(
    "hard links, also to another user's file",
    "RUN echo one > /one && ln /one /two && chown 1000:1000 /one && ln /one /three",
    'RUN test "$(stat -c %h /three)" = 3',
  ),
  common(
    "COPY --from of a stage, owners kept",
    " AS first",
    `RUN ${GIVEN_AWAY} && echo root > /data/roots`,
    "FROM first AS second",
    "COPY --from=first /data /copy",
    `RUN ${isOf("1000:1000", "/copy/old")} && ${isOf("0:0", "/copy/roots")}`,
  ),
  common("chroot, as apk runs scripts", "RUN chroot / true"),
  common(
    "signals to another user's process, as apt sends",
    ...APP_USER,
    "RUN su app -s /bin/sh -c 'exec sleep 60' & sleep 1; kill $!",
  ),
  rare(
    "owners above 65535",
    "RUN echo one > /one && chown 100000:100000 /one",
    `RUN ${isOf("100000:100000", "/one")}`,
  ),
  rare("device nodes", "RUN mknod /null c 1 3"),
  rare("sudo and other setuid programs", "RUN grep -q '^NoNewPrivs:[[:space:]]*0$' /proc/self/status"),
  rare("mount", "RUN mkdir /mounted && mount -t tmpfs none /mounted"),
];
