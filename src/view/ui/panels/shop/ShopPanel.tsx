/** The shop window: a product's page, and what one replica, or the read policy, recommends beside it. */
import { Check, CircleDashed, Hourglass, TriangleAlert } from "lucide-react";
import { type Address, clientIds, isClient, nameOf, type ReplicaId } from "../../../../base/ids.ts";
import { isLoaded } from "../../../../model/protocol/dataset.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import {
  type ProductStanding,
  productStanding,
  type ShopCard,
  type ShopWindow,
  shopSentence,
  shopWindow,
  waitingWindow,
} from "../../../store/shopWindow.ts";
import { useServices, useView } from "../../appContext.ts";
import { SelectField } from "../../controls/SelectField.tsx";
import { RowFinder } from "../../load/RowFinder.tsx";
import { usePolicyAnswer } from "../usePolicyAnswer.ts";
import { ownItem } from "../write/ownItems.ts";
import { ProductTile, productKind, productLine } from "./ProductTile.tsx";
import { Served } from "./Served.tsx";
import "./shop.css";
import { type Shop, useShop } from "./useShop.ts";

const faultWords = { outdated: "an old version", ghost: "deleted" } as const;

function Card({ card }: { readonly card: ShopCard }) {
  const { store } = useServices();
  const { item, fault, truth } = card;
  return (
    <li className="shop-card" data-fault={fault}>
      <button type="button" className="shop-card-button" onClick={() => store.setState({ shopItem: item })}>
        <ProductTile payload={item.payload} />
        <span className="shop-name">{item.payload.name}</span>
        <span className="shop-line">{productLine(item.payload)}</span>
        {fault === undefined ? null : (
          <span className="shop-fault">
            {faultWords[fault]}
            {fault === "outdated" && truth !== undefined && productLine(truth.payload) !== productLine(item.payload)
              ? `, now ${productLine(truth.payload)}`
              : ""}
          </span>
        )}
      </button>
    </li>
  );
}

const gapWords = {
  missing: "not shown",
  displaced: "pushed out",
  skipped: "missed by the index",
  lost: "lost for good",
} as const;

/** What should stand on the shelf and does not. */
function Gap({ item, fault }: { readonly item: Item; readonly fault: keyof typeof gapWords }) {
  return (
    <li className="shop-card" data-fault={fault}>
      <span className="shop-card-button">
        <span className="shop-tile" aria-hidden="true">
          {fault === "lost" ? "×" : ""}
        </span>
        <span className="shop-name">{item.payload.name}</span>
        <span className="shop-fault">{gapWords[fault]}</span>
      </span>
    </li>
  );
}

const signs = {
  right: <Check size={16} aria-hidden="true" />,
  wrong: <TriangleAlert size={16} aria-hidden="true" />,
  empty: <CircleDashed size={16} aria-hidden="true" />,
  waits: <Hourglass size={16} aria-hidden="true" />,
};
const stateNames = { right: "Right", wrong: "Wrong", empty: "Empty", waits: "Has to wait" } as const;

interface ShelfProps {
  readonly window: ShopWindow;
  readonly sentence: string;
  readonly reason: string | undefined;
  /** Whether the wait is certain is for messages to show. */
  readonly isUnsure: boolean;
}

function Shelf({ window, sentence, reason, isUnsure }: ShelfProps) {
  const { state, cards, missing, displaced, skipped, lost } = window;
  const name = state === "waits" && isUnsure ? "May have to wait" : stateNames[state];
  return (
    <section aria-labelledby="shop-like">
      <h3 className="shop-heading" id="shop-like">
        You might also like
      </h3>
      <p className="shop-state" data-state={state}>
        {signs[state]}
        <span>
          {/* Only that it changed is announced: the sentence counts, many times a minute. */}
          <b role="status">{name}.</b> {sentence}
        </span>
      </p>
      {reason === undefined ? null : <p className="note">{reason}</p>}
      {cards.length === 0 ? (
        <p className="shop-empty">
          {state === "waits" ? "What comes here is known once it is answered." : "Nothing to show here right now."}
        </p>
      ) : (
        <ul className="shop-cards" aria-label="You might also like">
          {cards.map((card) => (
            <Card key={card.item.id} card={card} />
          ))}
          {missing.map((item) => (
            <Gap key={item.id} item={item} fault="missing" />
          ))}
          {displaced.map((item) => (
            <Gap key={item.id} item={item} fault="displaced" />
          ))}
          {skipped.map((item) => (
            <Gap key={item.id} item={item} fault="skipped" />
          ))}
          {lost.map((item) => (
            <Gap key={item.id} item={item} fault="lost" />
          ))}
        </ul>
      )}
    </section>
  );
}

const standingWords: Readonly<Record<ProductStanding, string>> = {
  known: "",
  deleted: "This product was deleted.",
  unconfirmed: "This product is not yet confirmed: no write of it is acknowledged.",
  lost: "This product was acknowledged, and is lost for good.",
  nowhere: "No replica finds this product any more: it was deleted, or changed.",
};

interface ProductProps {
  readonly item: Item;
  readonly isKnown: boolean;
  readonly standing: ProductStanding;
}

function Product({ item, isKnown, standing }: ProductProps) {
  const { payload } = item;
  return (
    <article className="shop-product" aria-label={payload.name}>
      <ProductTile payload={payload} />
      <div>
        <p className="shop-line">{productKind(payload)}</p>
        <h3 className="shop-title">{payload.name}</h3>
        <p className="shop-price">{isKnown ? productLine(payload) : "not found at this replica"}</p>
      </div>
      {standing === "known" ? null : <p className="shop-fault">{standingWords[standing]}</p>}
      {payload.kind === "product" ? <p className="shop-description">{payload.description}</p> : null}
    </article>
  );
}

/** Which product's page is open: from the list, or of loaded vectors by a part of its text or id. */
function ProductChooser({ shop, product }: { readonly shop: Shop; readonly product: Item }) {
  const { store } = useServices();
  const dataset = useView(({ config }) => config?.workload.dataset ?? "products");
  const receipts = useView((state) => state.receipts);
  if (isLoaded(dataset)) {
    const choose = (id: string) => store.setState({ shopItem: ownItem(dataset, id, receipts) });
    return <RowFinder data={dataset} label="Product" showsFirst={false} onChoose={({ id }) => choose(id)} />;
  }
  return (
    <SelectField
      label="Product"
      value={product.id}
      choices={(shop.items.some(({ id }) => id === product.id) ? shop.items : [product, ...shop.items]).map(
        ({ id, payload }) => ({ value: id, label: payload.name }),
      )}
      row
      onChoose={(id) => store.setState({ shopItem: shop.items.find((item) => item.id === id) ?? product })}
      onOpen={shop.refresh}
    />
  );
}

function sourceLabel(source: Address): string {
  return isClient(source) ? `${nameOf(source)}, by the read policy` : `${nameOf(source)} alone`;
}

/** Who is to answer, as chosen. */
function useSource() {
  const replicas = useView((state) => state.replicas);
  const clients = useView((state) => state.config?.workload.clients ?? 0);
  const chosen = useView((state) => state.shopSource);
  const choices: readonly Address[] = [...clientIds(clients), ...replicas.map(({ replicaId }) => replicaId)];
  const source = choices.find((known) => known === chosen) ?? choices[0];
  const asked = usePolicyAnswer(source !== undefined && isClient(source) ? source : undefined);
  const replicaId: ReplicaId | undefined = source === undefined || isClient(source) ? asked?.replicaId : source;
  return { choices, source, asked, replica: replicas.find((known) => known.replicaId === replicaId) };
}

const NOBODY: ShopWindow = { state: "empty", cards: [], missing: [], displaced: [], skipped: [], lost: [] };

/** The whole tab. */
export default function ShopPanel() {
  const { store } = useServices();
  const shop = useShop();
  const k = useView((state) => state.config?.workload.k ?? 5);
  const { choices, source, asked, replica } = useSource();
  const { product, comparison } = shop;
  if (shop.problem !== undefined) return <p className="panel-empty">{shop.problem}</p>;
  if (product === undefined || comparison === undefined || source === undefined) {
    return <p className="panel-empty">Opening the shop …</p>;
  }
  const now = replica === undefined ? NOBODY : shopWindow(comparison, replica.replicaId, product.id, k);
  const waits = replica !== undefined && asked !== undefined && asked.waits !== "no";
  const window = waits ? waitingWindow(now) : now;
  const own = comparison.answers.find((answer) => answer.replicaId === replica?.replicaId);
  const held = own?.alive === true ? own.neighbours.find(({ id }) => id === product.id)?.item : undefined;
  const options = choices.map((choice) => ({ value: String(choice), label: sourceLabel(choice) }));
  return (
    <div className="shop">
      <SelectField
        label="From"
        value={String(source)}
        choices={options}
        row
        onChoose={(value) => store.setState({ shopSource: choices.find((choice) => String(choice) === value) })}
      />
      <ProductChooser shop={shop} product={product} />
      <Product item={held ?? product} isKnown={held !== undefined} standing={productStanding(comparison, product.id)} />
      <Shelf
        window={window}
        sentence={replica === undefined || waits ? (asked?.reason ?? "") : shopSentence(window, replica)}
        reason={replica === undefined || waits ? undefined : asked?.reason}
        isUnsure={asked?.waits === "perhaps"}
      />
      <Served />
    </div>
  );
}
