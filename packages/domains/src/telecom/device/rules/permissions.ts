import type { AppPermissions } from "../schema/db.ts";

/** Every permission that the phone keeps track of, in the order of its lists. */
export const permissionNames = ["sms", "storage", "phone", "network"] as const satisfies readonly (keyof AppPermissions)[];

/** The permissions that are granted. */
export function granted(permissions: AppPermissions): string[] {
  return permissionNames.filter((name) => permissions[name]);
}

/** The permission that a text names. */
export function permissionOf(text: string): keyof AppPermissions | undefined {
  return permissionNames.find((name) => name === text);
}
