package org.geolandslide.model;

import java.util.Map;

/**
 * {@code item.json} in memory.
 *
 * @param model what it says about the model
 * @param assets declared files by key
 */
record Item(ModelDescription model, Map<String, PackageAsset> assets) {
    static final String FILE_NAME = "item.json";

    Item {
        assets = Map.copyOf(assets);
    }

    PackageAsset asset(String key) throws InvalidPackageException {
        PackageAsset asset = assets.get(key);
        if (asset == null) {
            throw new InvalidPackageException("item.json declares no asset '" + key + "', only " + assets.keySet());
        }
        return asset;
    }
}
