import { listZones } from './availability-zones';
import type { Answer, ComputeCall, ServerCall } from './call';
import { deleteServer, updateServer } from './change-server';
import { createRemoteConsole } from './consoles';
import { createServer } from './create-server';
import { listExtraSpecs, listFlavors, listFlavorsInDetail, showExtraSpec, showFlavor } from './flavors';
import { deleteImage, listImages, listImagesInDetail, showImage } from './images';
import { listActions, showAction } from './instance-actions';
import { json } from './json';
import { createKeyPair, deleteKeyPair, listKeyPairs, showKeyPair } from './key-pairs';
import { ownProject, showLimits, showQuotas, showQuotasInDetail } from './limits';
import { listServers, listServersInDetail } from './list-servers';
import { listNetworks, listTenantNetworks, showNetwork, showTenantNetwork } from './networks';
import type { OperationName } from './operations';
import * as securityGroups from './security-groups';
import * as serverGroups from './server-groups';
import * as parts from './server-parts';
import * as tags from './server-tags';
import { detailedServer } from './server-view';
import { createAttachment, deleteAttachment, listAttachments, showAttachment } from './volume-attachments';

/** A call at a path with a server in it has that server. */
type CallOf<Name extends OperationName> = Name extends `${string}{server}${string}`
  ? ServerCall
  : ComputeCall;

/** What carries each operation out: none forgotten, none too many. */
export const ROUTES: { readonly [Name in OperationName]: (call: CallOf<Name>) => Answer } = {
  'GET /servers': listServers,
  'POST /servers': createServer,
  'GET /servers/detail': listServersInDetail,
  'GET /servers/{server}': ({ context, instance }) =>
    json({ server: detailedServer(context, instance, { alone: true }) }),
  'PUT /servers/{server}': updateServer,
  'DELETE /servers/{server}': deleteServer,
  'POST /servers/{server}/remote-consoles': createRemoteConsole,
  'GET /servers/{server}/ips': parts.listAddresses,
  'GET /servers/{server}/ips/{network}': parts.showAddresses,
  'GET /servers/{server}/metadata': parts.listMetadata,
  'POST /servers/{server}/metadata': parts.changeMetadata,
  'PUT /servers/{server}/metadata': parts.changeMetadata,
  'GET /servers/{server}/metadata/{key}': parts.showMetadataItem,
  'PUT /servers/{server}/metadata/{key}': parts.changeMetadataItem,
  'DELETE /servers/{server}/metadata/{key}': parts.deleteMetadataItem,
  'GET /servers/{server}/os-server-password': parts.showPassword,
  'DELETE /servers/{server}/os-server-password': parts.clearPassword,
  'GET /servers/{server}/os-instance-actions': listActions,
  'GET /servers/{server}/os-instance-actions/{request}': showAction,
  'GET /servers/{server}/os-volume_attachments': listAttachments,
  'POST /servers/{server}/os-volume_attachments': createAttachment,
  'GET /servers/{server}/os-volume_attachments/{volume}': showAttachment,
  'DELETE /servers/{server}/os-volume_attachments/{volume}': deleteAttachment,
  'GET /servers/{server}/os-interface': parts.listInterfaces,
  'POST /servers/{server}/os-interface': parts.changeInterfaces,
  'DELETE /servers/{server}/os-interface/{port}': parts.changeInterfaces,
  'GET /servers/{server}/os-interface/{port}': parts.showInterface,
  'GET /servers/{server}/os-security-groups': securityGroups.listServersGroups,
  'GET /servers/{server}/tags': tags.listTags,
  'PUT /servers/{server}/tags': tags.replaceTags,
  'DELETE /servers/{server}/tags': tags.deleteTags,
  'GET /servers/{server}/tags/{tag}': tags.showTag,
  'PUT /servers/{server}/tags/{tag}': tags.addTag,
  'DELETE /servers/{server}/tags/{tag}': tags.deleteTag,
  'GET /servers/{server}/topology': () => json({ nodes: [], pagesize_kb: null }),
  'GET /os-keypairs': listKeyPairs,
  'POST /os-keypairs': createKeyPair,
  'GET /os-keypairs/{keypair}': showKeyPair,
  'DELETE /os-keypairs/{keypair}': deleteKeyPair,
  'GET /os-server-groups': serverGroups.listServerGroups,
  'POST /os-server-groups': serverGroups.createServerGroup,
  'GET /os-server-groups/{group}': serverGroups.showServerGroup,
  'DELETE /os-server-groups/{group}': serverGroups.deleteServerGroup,
  'GET /os-security-groups': securityGroups.listSecurityGroups,
  'POST /os-security-groups': securityGroups.changeSecurityGroups,
  'GET /os-security-groups/{group}': securityGroups.showSecurityGroup,
  'PUT /os-security-groups/{group}': securityGroups.changeSecurityGroups,
  'DELETE /os-security-groups/{group}': securityGroups.changeSecurityGroups,
  'GET /limits': showLimits,
  'GET /os-quota-sets/{tenant}': ownProject('os-quota-sets:show', showQuotas),
  'GET /os-quota-sets/{tenant}/detail': ownProject('os-quota-sets:detail', showQuotasInDetail),
  'GET /os-quota-sets/{tenant}/defaults': showQuotas,
  'GET /os-availability-zone': listZones,
  'GET /flavors': listFlavors,
  'GET /flavors/detail': listFlavorsInDetail,
  'GET /flavors/{flavor}': showFlavor,
  'GET /flavors/{flavor}/os-extra_specs': listExtraSpecs,
  'GET /flavors/{flavor}/os-extra_specs/{key}': showExtraSpec,
  'GET /images': listImages,
  'GET /images/detail': listImagesInDetail,
  'GET /images/{image}': showImage,
  'DELETE /images/{image}': deleteImage,
  'GET /os-networks': listNetworks,
  'GET /os-networks/{network}': showNetwork,
  'GET /os-tenant-networks': listTenantNetworks,
  'GET /os-tenant-networks/{network}': showTenantNetwork,
};
