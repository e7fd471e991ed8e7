import { z } from 'zod';

const hostPort = z.string().regex(/^127\.[\d.]+:\d+$/);
const url = z.url().regex(/^http:\/\/127\./);
const text = z.string().min(1);

/** What other people's programs read from `rescue-lab up --json`: these members and no others. */
export const addressesContract = z.strictObject({
  ovh: z.strictObject({
    endpoint: url,
    https: z.strictObject({ endpoint: z.url().regex(/^https:\/\/127\./), certificate: text }).optional(),
    applicationKey: text,
    applicationSecret: text,
    consumerKey: text,
    oauth2: z.strictObject({ clientId: text, clientSecret: text, tokenUrl: url }),
  }),
  nova: z.strictObject({
    authUrl: url,
    username: text,
    password: text,
    project: text,
    projectId: text,
    userDomain: text,
    projectDomain: text,
    region: text,
    image: text,
    flavor: text,
    environment: z.record(z.string().regex(/^OS_[A-Z_]+$/), text),
    metadata: z.strictObject({ url, sharedSecret: text }),
    accounts: z.array(z.strictObject({ username: text, password: text, project: text, roles: text })).min(2),
  }),
  panel: url,
  control: url,
  mail: z.strictObject({ smtp: hostPort, inbox: url }),
  servers: z
    .array(
      z.strictObject({
        name: text,
        provider: z.enum(['ovh', 'nova']),
        address: z.string().regex(/^127(\.\d+){3}$/),
        mac: z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/),
        ssh: hostPort,
        rdp: hostPort,
        vnc: hostPort,
        state: z.enum(['on', 'off', 'paused']),
      }),
    )
    .min(1),
  session: text,
});
