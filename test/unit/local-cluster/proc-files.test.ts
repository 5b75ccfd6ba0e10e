import { expect, test } from "vitest";
import { isDeviceMounted } from "../../local-cluster/components/disk-device.ts";
import { mountPointsBelow } from "../../local-cluster/lifecycle/unmount-below.ts";
import { parseStartTicks } from "../../local-cluster/processes/process-identity.ts";

const fields = Array.from({ length: 49 }, (_, index) => String(index + 4)).join(" ");

test("finds a process's start behind any name", () => {
  expect(parseStartTicks(`4711 (etcd) S ${fields}`)).toBe("22");
  expect(parseStartTicks(`4711 (a (b) c) R ${fields}`)).toBe("22");
});

test("takes a zombie for ended", () => {
  expect(parseStartTicks(`4711 (etcd) Z ${fields}`)).toBeUndefined();
});

test("finds what is mounted below the cluster's folders, in the order of mounting", () => {
  const mounts = [
    "/dev/vda / ext4 rw 0 0",
    "tmpfs /var/lib/cluster/kubelet/pods/1/volumes/a\\040b tmpfs rw 0 0",
    "nsfs /run/cluster/netns/cni-1 nsfs rw 0 0",
    "tmpfs /var/lib/cluster-of-others tmpfs rw 0 0",
    "",
  ].join("\n");
  expect(mountPointsBelow(mounts, ["/var/lib/cluster", "/run/cluster"])).toEqual([
    "/var/lib/cluster/kubelet/pods/1/volumes/a b",
    "/run/cluster/netns/cni-1",
  ]);
});

test("knows whether the kubelet finds a disk's device", () => {
  const mountinfo = [
    "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
    "28 27 0:45 / /data rw shared:1 - fuse.sshfs host:/ rw",
  ].join("\n");
  expect(isDeviceMounted(mountinfo, 254, 0)).toBe(true);
  expect(isDeviceMounted(mountinfo, 0, 45)).toBe(false);
  expect(isDeviceMounted(mountinfo, 8, 1)).toBe(false);
});
