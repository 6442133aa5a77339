// The map: the imagery, the region that is drawn on it, the results over it.

import { featuresAt, mapAddress, picture } from './server.js';

const ol = window.ol;
const PLANE = 'EPSG:3857';
const DEGREES = 'EPSG:4326';

const regionStyle = [
  new ol.style.Style({ stroke: new ol.style.Stroke({ color: '#ffffff', width: 5 }), fill: new ol.style.Fill({ color: 'rgba(255,255,255,0.08)' }) }),
  new ol.style.Style({ stroke: new ol.style.Stroke({ color: '#0b6e63', width: 2.5, lineDash: [8, 5] }) }),
];
const chosenStyle = [
  new ol.style.Style({ stroke: new ol.style.Stroke({ color: '#ffffff', width: 6 }) }),
  new ol.style.Style({ stroke: new ol.style.Stroke({ color: '#0b5cad', width: 3 }), fill: new ol.style.Fill({ color: 'rgba(11,92,173,0.12)' }) }),
];

/** A map in an element. */
class LandslideMap {
  #map;
  #base;
  #results = new Map();
  #region = new ol.source.Vector();
  #chosen = new ol.source.Vector();
  #draw;
  #listeners = { regionDrawn: () => {}, clicked: () => {}, failed: () => {} };

  /** @param {HTMLElement} target */
  constructor(target) {
    this.#map = new ol.Map({
      target,
      view: new ol.View({ center: [0, 0], zoom: 2, maxZoom: 24 }),
      controls: [new ol.control.Zoom(), new ol.control.ScaleLine()],
      layers: [
        new ol.layer.Vector({ source: this.#region, style: regionStyle, zIndex: 90 }),
        new ol.layer.Vector({ source: this.#chosen, style: chosenStyle, zIndex: 95 }),
      ],
    });
    this.#map.on('singleclick', (event) => {
      if (!this.#draw) {
        this.#listeners.clicked(event.coordinate);
      }
    });
  }

  /**
   * Sets who is told.
   *
   * @param {{regionDrawn?: () => void, clicked?: (point: number[]) => void, failed?: (error: Error) => void}} listeners
   */
  listen(listeners) {
    Object.assign(this.#listeners, listeners);
  }

  #wms(layer) {
    const source = new ol.source.ImageWMS({
      url: mapAddress(),
      params: { LAYERS: layer, FORMAT: 'image/png', TRANSPARENT: true },
      serverType: 'geoserver',
      ratio: 1,
      imageLoadFunction: (image, url) => {
        const element = image.getImage();
        picture(url).then(
          (data) => {
            element.src = data;
          },
          (error) => {
            element.dispatchEvent(new Event('error'));
            this.#listeners.failed(error);
          },
        );
      },
    });
    return new ol.layer.Image({ source });
  }

  /** Shows a layer of imagery below everything else, and moves there. */
  showImagery(layer) {
    if (this.#base) {
      this.#map.removeLayer(this.#base);
    }
    this.#base = this.#wms(layer.name);
    this.#base.setZIndex(0);
    this.#map.addLayer(this.#base);
    this.zoomTo(extentInPlane(layer.extent));
  }

  /** Moves to an extent of the map's plane. */
  zoomTo(extent) {
    this.#map.getView().fit(extent, { padding: [24, 24, 24, 24], maxZoom: 21 });
  }

  /** Puts a result on the map, above those that are there. */
  addResult(name) {
    const layer = this.#wms(name);
    layer.setZIndex(10 + this.#results.size);
    this.#results.set(name, layer);
    this.#map.addLayer(layer);
  }

  /** Takes all results away. */
  clearResults() {
    this.#results.forEach((layer) => this.#map.removeLayer(layer));
    this.#results.clear();
    this.#chosen.clear();
  }

  setOpacity(name, opacity) {
    this.#results.get(name)?.setOpacity(opacity);
  }

  setVisible(name, visible) {
    this.#results.get(name)?.setVisible(visible);
  }

  /** What a result has at a point, as GeoJSON features. */
  async at(name, point) {
    const source = this.#results.get(name)?.getSource();
    const url = source?.getFeatureInfoUrl(point, this.#map.getView().getResolution(), PLANE, {
      INFO_FORMAT: 'application/json',
      FEATURE_COUNT: 1,
      QUERY_LAYERS: name,
    });
    return url ? featuresAt(url) : [];
  }

  /** Marks a landslide; `feature` is GeoJSON in the map's plane, or undefined for none. */
  choose(feature, { move = false } = {}) {
    this.#chosen.clear();
    if (feature?.geometry) {
      this.#chosen.addFeature(new ol.format.GeoJSON().readFeature(feature));
      if (move) {
        const extent = this.#chosen.getExtent();
        // Something of what lies around it, also of the smallest.
        const margin = Math.max(40, 0.3 * Math.max(extent[2] - extent[0], extent[3] - extent[1]));
        this.zoomTo(ol.extent.buffer(extent, margin));
      }
    }
  }

  /** Lets the user draw a region; `kind` is 'box' or 'polygon', or undefined to end drawing. */
  draw(kind) {
    if (this.#draw) {
      this.#map.removeInteraction(this.#draw);
      this.#draw = undefined;
    }
    if (!kind) {
      return;
    }
    const box = kind === 'box';
    this.#draw = new ol.interaction.Draw({
      type: box ? 'Circle' : 'Polygon',
      geometryFunction: box ? ol.interaction.Draw.createBox() : undefined,
    });
    this.#draw.on('drawend', (event) => {
      this.#show(event.feature.getGeometry());
      // After the click that ended the drawing, which is no click on a landslide.
      setTimeout(() => {
        this.draw(undefined);
        this.#listeners.regionDrawn();
      });
    });
    this.#map.addInteraction(this.#draw);
  }

  #show(polygon) {
    this.#region.clear();
    this.#region.addFeature(new ol.Feature(polygon));
  }

  /** The corners of the region in degrees, without the first one again at the end; undefined for the whole layer. */
  region() {
    const polygon = this.#region.getFeatures()[0]?.getGeometry().clone().transform(PLANE, DEGREES);
    return polygon?.getCoordinates()[0].slice(0, -1);
  }

  /** Sets the region by its corners in degrees; undefined for the whole layer. */
  setRegion(corners) {
    this.#region.clear();
    if (corners) {
      this.#show(new ol.geom.Polygon([[...corners, corners[0]]]).transform(DEGREES, PLANE));
    }
  }

  /** The region as EWKT, in metres of the map's plane, whose axes are always east and north; undefined for the whole layer. */
  regionText() {
    const feature = this.#region.getFeatures()[0];
    return feature && `SRID=3857;${new ol.format.WKT().writeGeometry(feature.getGeometry(), { decimals: 3 })}`;
  }
}

/** An extent in degrees (west, south, east, north) in the map's plane, without the poles, which it does not have. */
export function extentInPlane([west, south, east, north]) {
  return ol.proj.transformExtent([west, Math.max(south, -85), east, Math.min(north, 85)], DEGREES, PLANE);
}

/** The map of this page. */
export const map = new LandslideMap(document.getElementById('map'));
