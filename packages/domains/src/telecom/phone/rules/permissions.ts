import type { AppPermissions } from "../schema.ts";

/** Every permission that the phone keeps track of, in the order of its lists. */
export const permissionNames = ["sms", "storage", "phone", "network"] as const satisfies readonly (keyof AppPermissions)[];

/** The permissions that are granted. */
export function getGranted(permissions: AppPermissions): string[] {
  return permissionNames.filter((name) => permissions[name]);
}

/** The permission that a text names. */
export function getPermission(text: string): keyof AppPermissions | undefined {
  return permissionNames.find((name) => name === text);
}
