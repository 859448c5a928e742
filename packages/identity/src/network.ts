/**
 * The network behind an address, to count by. An IPv6 customer holds a /64 at least, so that such addresses count by
 * their first half; an IPv4 address in IPv6 notation is the IPv4 address.
 */
export function networkOf(address: string): string {
  const ipv4 = /(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (ipv4) return ipv4;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(gap).fill('0'), ...right].slice(0, 4).join(':');
}
