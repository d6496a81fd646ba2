// The network map: what is drawn already, to move about in. Where this cannot run, the drawing stays.
import Graph from "graphology";
import Sigma from "sigma";

const INK = "#16211f";
const SILENT = "#8a8473";
const TOGETHER = "#16211f";
const ALIKE = "#7f8a87";
const PALE = "#d8d3c6";
const STEP = 0.12;

const stage = document.getElementById("map");
const drawing = stage.querySelector("svg");
const tools = document.querySelector(".tandem-map__tools");
const data = JSON.parse(document.getElementById("network").textContent);
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const began = performance.now();

function graph() {
  const found = new Graph({ type: "undirected", multi: false });
  const joined = new Set(data.joins.flatMap(([one, other]) => [one, other]));
  const mine = new Set(data.mine);
  data.ids.forEach((id, at) => {
    const isSilent = !data.projects[at] && !joined.has(at);
    // the drawing's height goes down, the graph's goes up
    const spot = { x: data.x[at], y: -data.y[at] };
    if (mine.has(at) && !isSilent) {
      found.addNode(`ring ${at}`, { ...spot, size: data.sizes[at] + 5, color: INK, zIndex: 1, of: at });
      found.addNode(`gap ${at}`, { ...spot, size: data.sizes[at] + 3, color: "#ffffff", zIndex: 2, of: at });
    }
    found.addNode(at, {
      ...spot,
      size: data.sizes[at],
      color: isSilent ? SILENT : data.colours[at],
      label: isSilent ? null : data.names[at],
      forceLabel: mine.has(at) && !isSilent,
      zIndex: isSilent ? 0 : 3,
    });
  });
  for (const [one, other, together] of data.joins) {
    const line = together ? { size: 2.2, color: TOGETHER, zIndex: 1 } : { size: 1, color: ALIKE };
    found.addEdge(one, other, line);
  }
  return found;
}

function box() {
  const [left, top, width, height] = data.box;
  return { x: [left, left + width], y: [-top - height, -top] };
}

// The council that is pointed at, or whose row is, and those that it is joined to.
let chosen = null;

function drawn(network, canvas) {
  const near = (node) => node === chosen || network.areNeighbors(node, chosen);
  const renderer = new Sigma(network, canvas, {
    allowInvalidContainer: false,
    enableCameraRotation: false,
    labelColor: { color: INK },
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: 14,
    labelDensity: 0.6,
    labelGridCellSize: 90,
    labelRenderedSizeThreshold: 7,
    minCameraRatio: 0.08,
    maxCameraRatio: 1.6,
    stagePadding: 0,
    zIndex: true,
    nodeReducer: (node, look) => {
      if (chosen === null || look.of !== undefined) return look;
      if (!near(node)) return { ...look, color: PALE, label: null, zIndex: 0 };
      return { ...look, label: data.names[node], forceLabel: true, highlighted: node === chosen };
    },
    edgeReducer: (edge, look) =>
      chosen === null || network.hasExtremity(edge, chosen) ? look : { ...look, hidden: true },
  });
  // the same part of the map as the drawing's, whoever is on it
  renderer.setCustomBBox(box());
  renderer.scheduleRefresh();
  return renderer;
}

function listens(renderer, canvas) {
  const choose = (node) => {
    chosen = node;
    renderer.refresh({ skipIndexation: true });
  };
  const councilOf = (node) => String(renderer.getGraph().getNodeAttribute(node, "of") ?? node);
  let under = null;
  const open = (council) => {
    if (council !== null) location.href = `/councils/${data.ids[council]}`;
  };
  renderer.on("enterNode", ({ node }) => {
    under = councilOf(node);
    choose(under);
    canvas.style.cursor = "pointer";
  });
  renderer.on("leaveNode", () => {
    under = null;
    choose(null);
    canvas.style.cursor = "";
  });
  renderer.on("clickNode", ({ node }) => open(councilOf(node)));
  // while the map is being drawn anew Sigma does not know what is under the pointer
  renderer.on("clickStage", () => open(under));
  // A row and its dot are one council: to stand on the one shows the other.
  for (const link of document.querySelectorAll("[data-council]")) {
    for (const way of ["focus", "mouseenter"]) {
      link.addEventListener(way, () => choose(link.dataset.council));
    }
    for (const way of ["blur", "mouseleave"]) link.addEventListener(way, () => choose(null));
  }
  // The wheel and one finger go on moving the page; with Ctrl, or two fingers, they move the map.
  const leave = (event) => event.stopPropagation();
  canvas.addEventListener("wheel", (event) => event.ctrlKey || leave(event), { capture: true });
  for (const way of ["touchstart", "touchmove", "touchend"]) {
    canvas.addEventListener(way, (event) => event.touches.length > 1 || leave(event), {
      capture: true,
    });
  }
}

function movesBy(renderer) {
  const camera = renderer.getCamera();
  const pace = { duration: isStill ? 0 : 200 };
  const moves = {
    in: () => camera.animatedZoom(pace),
    out: () => camera.animatedUnzoom(pace),
    all: () => camera.animatedReset(pace),
  };
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  tools.addEventListener("click", (event) => moves[event.target.dataset.map]?.());
  tools.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    const { x, y, ratio } = camera.getState();
    const step = STEP * ratio;
    camera.animate({ x: x + way[0] * step, y: y + way[1] * step }, pace);
  });
}

function start() {
  const canvas = document.createElement("div");
  canvas.className = "tandem-map__canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", stage.dataset.label);
  stage.append(canvas);
  try {
    const renderer = drawn(graph(), canvas);
    listens(renderer, canvas);
    movesBy(renderer);
    renderer.once("afterRender", () => {
      drawing.setAttribute("hidden", "");
      tools.hidden = false;
      stage.dataset.drawn = String(Math.round(performance.now() - began));
    });
  } catch (error) {
    canvas.remove();
    console.info("The map stays a drawing:", error.message);
  }
}

// In colours of the reader's own choosing a canvas would not follow, and the drawing does.
if (!matchMedia("(forced-colors: active)").matches) start();
