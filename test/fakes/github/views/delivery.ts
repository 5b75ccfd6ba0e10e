import { formatTime } from "../state/clock.ts";
import type { Delivery } from "../state/deliveries.ts";

type Named = { id?: number } | undefined;

/** A delivery as the list of them shows it. */
export function deliverySummaryView(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: formatTime(delivery.deliveredAt),
    redelivery: delivery.isRedelivery,
    duration: Math.round(delivery.durationMs / 10) / 100,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: (delivery.payload.installation as Named)?.id ?? null,
    repository_id: (delivery.payload.repository as Named)?.id ?? null,
    throttled_at: null,
  };
}

/** A delivery by itself, with what was sent and what came back. */
export function deliveryView(delivery: Delivery) {
  const { request, response, payload } = delivery;
  return {
    ...deliverySummaryView(delivery),
    url: request.url,
    request: { headers: request.headers, payload },
    response: { headers: response.headers, payload: response.body },
  };
}
