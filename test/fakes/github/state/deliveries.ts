export type Payload = { [property: string]: unknown };

/** A webhook that was sent, and what came back. */
export type Delivery = {
  id: number;
  guid: string;
  event: string;
  action: string | null;
  deliveredAt: Date;
  durationMs: number;
  /** As GitHub words it: `OK`, `Invalid HTTP Response: 500`, `timed out`, `failed to connect to host`. */
  status: string;
  /** 0 when nothing came back. */
  statusCode: number;
  isRedelivery: boolean;
  payload: Payload;
  request: { url: string; secret: string; headers: Record<string, string> };
  response: { headers: Record<string, string>; body: string };
};

/** The deliveries so far, oldest first. */
export class Deliveries {
  readonly all: Delivery[] = [];

  find(id: number): Delivery | undefined {
    return this.all.find((delivery) => delivery.id === id);
  }
}
