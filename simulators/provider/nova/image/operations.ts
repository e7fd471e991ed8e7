import type { Operation, ServiceCall } from '../add-service';
import { Refusal, refuse } from '../compute/refusal';
import { bodyOf, fieldOf, textOf } from '../identity/json-parts';
import type { ImageMember, ImageStores, NovaImage } from './image';
import { listImages } from './list';
import { SCHEMAS } from './schemas';
import { imageView, memberView } from './view';

type Call = ServiceCall<ImageStores>;

const IMAGE = '/v2/images/{id}';
const MEMBERS = `${IMAGE}/members`;

/** The image API v2, as far as clients ask for it around a server. */
export const imageOperations: readonly Operation<ImageStores>[] = [
  { method: 'GET', path: '/v2/images', right: 'read', policy: 'get_images', answer: listImages },
  {
    method: 'GET',
    path: IMAGE,
    right: 'read',
    policy: 'get_image',
    answer: (call) => Response.json(imageView(imageOf(call))),
  },
  { method: 'DELETE', path: IMAGE, right: 'change', policy: 'delete_image', answer: deleteImage },
  { method: 'GET', path: MEMBERS, right: 'read', policy: 'get_members', answer: listMembers },
  { method: 'POST', path: MEMBERS, right: 'create', policy: 'add_member', answer: addMember },
  {
    method: 'GET',
    path: `${MEMBERS}/{member}`,
    right: 'read',
    policy: 'get_member',
    answer: (call) => Response.json(memberView(imageOf(call), memberOf(call))),
  },
  {
    method: 'PUT',
    path: `${MEMBERS}/{member}`,
    right: 'change',
    policy: 'modify_member',
    answer: updateMember,
  },
  {
    method: 'DELETE',
    path: `${MEMBERS}/{member}`,
    right: 'change',
    policy: 'delete_member',
    answer: removeMember,
  },
  {
    method: 'GET',
    path: '/v2/schemas/{name}',
    right: 'read',
    policy: 'get_schemas',
    answer: ({ parameters: { name = '' } }) => {
      if (!Object.hasOwn(SCHEMAS, name)) {
        throw refuse.notFound('The resource could not be found.');
      }
      return Response.json(SCHEMAS[name]);
    },
  },
];

/** The image in the path; one that the project cannot see does not exist for it. */
function imageOf({ stores, caller, parameters: { id = '' } }: Call): NovaImage {
  const image = stores.images.get(id, caller.projectId);
  if (image === undefined) {
    throw refuse.notFound(`No image found with ID ${id}`);
  }
  return image;
}

/** The image, which has to be the project's own. */
function ownImageOf(call: Call, policy: string): NovaImage {
  const image = imageOf(call);
  if (image.ownerId !== call.caller.projectId) {
    throw new Refusal(403, `You are not authorized to complete ${policy} action.`);
  }
  return image;
}

function deleteImage(call: Call): Response {
  const image = ownImageOf(call, 'delete_image');
  if (image.protected) {
    throw new Refusal(403, `Image ${image.id} is protected and cannot be deleted.`);
  }
  call.stores.images.delete(image.id);
  return new Response(null, { status: 204 });
}

/** Only shared images have members, also for their owners (glance/api/v2/image_members.py). */
function sharedImageOf(call: Call, purpose: string): NovaImage {
  const image = imageOf(call);
  if (image.visibility !== 'shared') {
    const reason = 'Only shared images have members.';
    throw new Refusal(403, `Not allowed to ${purpose} for image ${image.id}: ${reason}`);
  }
  return image;
}

/** The owner sees all members, a member itself. */
function listMembers(call: Call): Response {
  const image = sharedImageOf(call, 'list members');
  const { ownerId, members = [] } = image;
  const seen = members.filter(
    ({ projectId }) => ownerId === call.caller.projectId || projectId === call.caller.projectId,
  );
  return Response.json({
    members: seen.map((member) => memberView(image, member)),
    schema: '/v2/schemas/members',
  });
}

async function addMember(call: Call): Promise<Response> {
  const image = sharedImageOf(call, 'create members');
  if (image.ownerId !== call.caller.projectId) {
    const reason = 'You are not permitted to create image members for the image.';
    throw new Refusal(403, `Not allowed to create members for image ${image.id}: ${reason}`);
  }
  const projectId = textOf(await bodyOf(call.request), 'member');
  if (projectId === undefined || projectId === '') {
    throw refuse.badRequest('Member to be added not specified');
  }
  const members = image.members ?? [];
  if (members.some((member) => member.projectId === projectId)) {
    throw new Refusal(409, `Image member ${projectId} already exists for image ${image.id}`);
  }
  const member: ImageMember = { projectId, status: 'pending', created: call.stores.clock.now() };
  call.stores.images.update(image.id, { members: [...members, member] });
  return Response.json(memberView(image, member));
}

function memberOf(call: Call): ImageMember {
  const image = sharedImageOf(call, 'get member');
  const { member: id = '' } = call.parameters;
  const member = image.members?.find(({ projectId }) => projectId === id);
  const isConcerned = image.ownerId === call.caller.projectId || id === call.caller.projectId;
  if (member === undefined || !isConcerned) {
    throw refuse.notFound(`${id} not found in the member list of the image ${image.id}.`);
  }
  return member;
}

/** A member says itself whether it takes the image; its owner cannot. */
async function updateMember(call: Call): Promise<Response> {
  const [image, member] = [imageOf(call), memberOf(call)];
  const status = fieldOf(await bodyOf(call.request), 'status');
  if (status !== 'pending' && status !== 'accepted' && status !== 'rejected') {
    throw refuse.badRequest(status === undefined ? 'Status not specified' : `Invalid status: ${status}`);
  }
  if (member.projectId !== call.caller.projectId) {
    const reason = "You are not permitted to modify 'status' on this image member.";
    throw new Refusal(403, `Not allowed to update members for image ${image.id}: ${reason}`);
  }
  const changed = { ...member, status } as const;
  call.stores.images.update(image.id, {
    members: image.members?.map((one) => (one === member ? changed : one)) ?? [],
  });
  return Response.json(memberView(image, changed));
}

function removeMember(call: Call): Response {
  const image = ownImageOf(call, 'delete_member');
  const member = memberOf(call);
  call.stores.images.update(image.id, { members: image.members?.filter((one) => one !== member) ?? [] });
  return new Response(null, { status: 204 });
}
