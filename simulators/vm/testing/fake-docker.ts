import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A `docker` program for tests of what is asked of an engine: it keeps containers and images as files. A container's
 * file has one `label=value` a line; an image is one by its name.
 */
export class FakeDocker implements Disposable {
  readonly #path = process.env['PATH'];

  /** `folder` must exist; from now on `docker` is found there first. */
  constructor(readonly folder: string) {
    for (const name of ['bin', 'containers', 'images']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'bin/docker'), SCRIPT.replaceAll('STATE', folder));
    chmodSync(join(folder, 'bin/docker'), 0o755);
    process.env['PATH'] = `${join(folder, 'bin')}:${this.#path}`;
  }

  /** The command lines so far. */
  get calls(): string[] {
    const log = join(this.folder, 'calls');
    return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  }

  get containers(): string[] {
    return readdirSync(join(this.folder, 'containers'));
  }

  addContainer(id: string, labels: Readonly<Record<string, string>>): void {
    const lines = Object.entries(labels).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(this.folder, 'containers', id), lines.join(''));
  }

  /** An engine that is down answers nothing; the program fails as the real one does then. */
  set down(down: boolean) {
    const mark = join(this.folder, 'down');
    if (down) writeFileSync(mark, '');
    else rmSync(mark, { force: true });
  }

  /** What `docker context inspect` and `docker info` say of it. */
  describe(host: string, securityOptions: readonly string[] = []): void {
    writeFileSync(join(this.folder, 'host'), `${host}\n`);
    writeFileSync(join(this.folder, 'security'), `${JSON.stringify(securityOptions)}\n`);
  }

  [Symbol.dispose](): void {
    process.env['PATH'] = this.#path;
  }
}

const SCRIPT = `#!/bin/sh
cd STATE || exit 9
echo "$*" >>calls
[ "$1" = --host ] && shift 2
[ "$1 $2" = 'context inspect' ] && exec cat host
if [ -e down ]; then
  echo 'Cannot connect to the Docker daemon. Is the docker daemon running?' >&2
  exit 1
fi
label() { sed -n "s/^$1=//p" "containers/$id"; }
case "$1 $2" in
  'version '*) echo 28.2.2 ;;
  'info '*) cat security ;;
  'ps '*)
    for word; do case $word in label=*) wanted=\${word#label=} ;; esac; done
    for id in $(ls containers); do
      grep -qxF "$wanted" "containers/$id" || continue
      case $* in
        *--format*) printf '%s\\t%s\\t%s\\n' "$id" "$(label rescue-lab.session)" "$(label rescue-lab.place)" ;;
        *) echo "$id" ;;
      esac
    done ;;
  'rm '*)
    shift 3
    cd containers && rm -f "$@" ;;
  'image inspect') shift 4; [ -e "images/$1" ] && echo sha256:0 || { echo "Error: No such image: $1" >&2; exit 1; } ;;
  'image ls') ls images ;;
  'image rm') shift 2; cd images && rm "$@" ;;
  'load '*) shift 3; touch "images/$(cat "$1")" ;;
  *) echo "unknown: $*" >&2; exit 125 ;;
esac
`;
