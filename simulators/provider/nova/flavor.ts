/** One flavor. `ram` in MiB, `disk` and `ephemeral` in GiB, `swap` in MiB. */
export interface NovaFlavor {
  readonly id: string;
  readonly name: string;
  readonly ram: number;
  readonly vcpus: number;
  readonly disk: number;
  readonly ephemeral: number;
  readonly swap: number;
  readonly extraSpecs: Readonly<Record<string, string>>;
}
