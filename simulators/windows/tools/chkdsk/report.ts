import type { VolumeFacts } from './volume-facts';

/** Figures stand in ten columns, as in reports of real Windows. */
const figure = (value: number): string => String(Math.floor(value)).padStart(10);
const kilobytes = (bytes: number): string => `${figure(bytes / 1024)} KB`;

/** The totals below a check, as on real Windows: system files are what the rest leaves, the log file among them. */
export function totals(facts: VolumeFacts): readonly string[] {
  const { geometry, fileBytes, indexBytes, badBytes, logBytes, freeClusters } = facts;
  const freeBytes = freeClusters * geometry.clusterBytes;
  const system = Math.max(0, geometry.volumeBytes - fileBytes - indexBytes - badBytes - freeBytes);
  return [
    `${kilobytes(geometry.volumeBytes)} total disk space.`,
    ...(facts.files > 0 ? [`${kilobytes(fileBytes)} in ${facts.files} files.`] : []),
    ...(facts.folders > 0 ? [`${kilobytes(indexBytes)} in ${facts.folders} indexes.`] : []),
    `${kilobytes(badBytes)} in bad sectors.`,
    `${kilobytes(system)} in use by the system.`,
    `${kilobytes(logBytes)} occupied by the log file.`,
    `${kilobytes(freeBytes)} available on disk.`,
    '',
    `${figure(geometry.clusterBytes)} bytes in each allocation unit.`,
    `${figure(geometry.clusters)} total allocation units on disk.`,
    `${figure(freeClusters)} allocation units available on disk.`,
  ];
}

/** The stages in the words of the Windows that runs; /r has two more. Times and what was not looked at are left out. */
export function stages(facts: VolumeFacts, version: string, surface: boolean): readonly string[] {
  return isOld(version) ? oldStages(facts, surface) : newStages(facts, surface);
}

/** Whether the words are those of Windows 7 and Server 2008 R2, or older. */
export const isOld = (version: string): boolean => /^6\.[01]\./.test(version);

/** Seen on real Windows 10. */
function newStages(facts: VolumeFacts, surface: boolean): readonly string[] {
  return [
    'Stage 1: Examining basic file system structure ...',
    `  ${facts.fileRecords} file records processed.`,
    'File verification completed.',
    `  ${facts.badFileRecords} bad file records processed.`,
    '',
    'Stage 2: Examining file name linkage ...',
    `  ${facts.indexEntries} index entries processed.`,
    'Index verification completed.',
    '',
    'Stage 3: Examining security descriptors ...',
    'Security descriptor verification completed.',
    `  ${facts.folders} data files processed.`,
    ...(surface
      ? [
          '',
          'Stage 4: Looking for bad clusters in user file data ...',
          `  ${facts.files} files processed.`,
          'File data verification completed.',
          '',
          'Stage 5: Looking for bad, free clusters ...',
          `  ${facts.freeClusters} free clusters processed.`,
          'Free space verification is complete.',
        ]
      : []),
  ];
}

/** General knowledge. */
function oldStages(facts: VolumeFacts, surface: boolean): readonly string[] {
  const of = surface ? 5 : 3;
  return [
    `CHKDSK is verifying files (stage 1 of ${of})...`,
    `  ${facts.fileRecords} file records processed.`,
    'File verification completed.',
    `  ${facts.badFileRecords} bad file records processed.`,
    `CHKDSK is verifying indexes (stage 2 of ${of})...`,
    `  ${facts.indexEntries} index entries processed.`,
    'Index verification completed.',
    `CHKDSK is verifying security descriptors (stage 3 of ${of})...`,
    'Security descriptor verification completed.',
    `  ${facts.folders} data files processed.`,
    ...(surface
      ? [
          `CHKDSK is verifying file data (stage 4 of ${of})...`,
          `  ${facts.files} files processed.`,
          'File data verification completed.',
          `CHKDSK is verifying free space (stage 5 of ${of})...`,
          `  ${facts.freeClusters} free clusters processed.`,
          'Free space verification is complete.',
        ]
      : []),
  ];
}
