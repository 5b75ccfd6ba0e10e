import { ApiError } from "../http/api-error.ts";
import type { Delivery } from "../state/deliveries.ts";
import { deliverySummaryView, deliveryView } from "../views/delivery.ts";
import { deliver } from "../webhooks/deliver.ts";
import type { ApiCall, Routes } from "./route.ts";

const USUAL_PAGE = 30;

/** https://docs.github.com/rest/apps/webhooks */
export const hookDeliveryRoutes: Routes = {
  "apps/list-webhook-deliveries": {
    for: "app",
    answer({ world, query }) {
      const size = Math.min(Number(query.per_page ?? USUAL_PAGE), 100);
      const { cursor, status } = query;
      const wanted = world.deliveries.all
        .filter(({ id }) => cursor === undefined || id < Number(String(cursor).replace("v1_", "")))
        .filter(({ statusCode }) => status === undefined || isOf(status, statusCode))
        .reverse();
      const page = wanted.slice(0, size);
      const next = new URLSearchParams({ per_page: String(size), cursor: `v1_${page.at(-1)?.id}` });
      if (status !== undefined) next.set("status", String(status));
      const link = `<${world.urls.api("/app/hook/deliveries")}?${next}>; rel="next"`;
      return {
        status: 200,
        headers: wanted.length > size ? { link } : {},
        body: page.map(deliverySummaryView),
      };
    },
  },
  "apps/get-webhook-delivery": {
    for: "app",
    answer: (call) => ({ status: 200, body: deliveryView(requireDelivery(call)) }),
  },
  "apps/redeliver-webhook-delivery": {
    for: "app",
    answer(call) {
      const { event, payload, guid, request } = requireDelivery(call);
      const { url: to, secret } = request;
      call.world.inBackground(
        deliver({ event, payload, to, secret, deliveryId: guid, isRedelivery: true }, call.world),
      );
      return { status: 202, body: {} };
    },
  },
};

function requireDelivery({ world, path }: ApiCall): Delivery {
  const delivery = world.deliveries.find(Number(path.delivery_id));
  if (!delivery) throw new ApiError(404, "Not Found");
  return delivery;
}

function isOf(status: unknown, code: number): boolean {
  return status === "success" ? code >= 200 && code < 400 : code >= 400 && code < 600;
}
