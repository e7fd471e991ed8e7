import { ImageStore } from './store';
import { bundleForQuickJs } from './bundle';
async function main() {
  const s = new ImageStore();
  await bundleForQuickJs('simulators/windows/boot-loader/main.ts', '/tmp/x/bootmgr.js');
  await bundleForQuickJs('simulators/windows/boot-loader/winload.ts', '/tmp/x/winload.js');
  for (const [file, name] of [['boot-initrd','bootInitrd'],['mirrored-data','mirroredData']]) {
    console.log(await s.ensure(require(`./recipes/${file}`)[name!], (l) => console.log(new Date().toISOString().slice(14, 23), l)));
  }
}
main().catch((e) => { console.error(e); process.exit(1); });
