package org.geolandslide.segmentation.io;

import it.geosolutions.imageio.plugins.tiff.BaselineTIFFTagSet;
import it.geosolutions.imageio.plugins.tiff.PrivateTIFFTagSet;
import it.geosolutions.imageio.plugins.tiff.TIFFField;
import it.geosolutions.imageio.plugins.tiff.TIFFTag;
import it.geosolutions.imageio.plugins.tiff.TIFFTagSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.segmentation.product.Provenance;

/** Fields of a TIFF directory, as the baseline and GDAL define them. */
final class GeoTiffTags {
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private GeoTiffTags() {}

    /** That an image is another one at reduced resolution. */
    static TIFFField reducedResolution() {
        return new TIFFField(
                BaselineTIFFTagSet.getInstance().getTag(BaselineTIFFTagSet.TAG_NEW_SUBFILE_TYPE),
                // The shorter constructor makes it a SHORT, which GeoTools does not see.
                TIFFTag.TIFF_LONG,
                1,
                new long[] {BaselineTIFFTagSet.NEW_SUBFILE_TYPE_REDUCED_RESOLUTION});
    }

    /** Value of pixels without data. */
    static TIFFField nodata(double nodata) {
        return text(PrivateTIFFTagSet.getInstance(), PrivateTIFFTagSet.TAG_GDAL_NODATA, Double.toString(nodata));
    }

    /** What made an image, and when (UTC): for any reader of TIFFs, and item by item for GDAL. */
    static List<TIFFField> of(Provenance provenance, Instant made) throws IOException {
        TIFFTagSet baseline = BaselineTIFFTagSet.getInstance();
        return List.of(
                text(
                        baseline,
                        BaselineTIFFTagSet.TAG_IMAGE_DESCRIPTION,
                        "landslide " + provenance.product() + " by the model " + provenance.model()),
                text(baseline, BaselineTIFFTagSet.TAG_SOFTWARE, "geolandslide " + ProjectVersion.get()),
                text(baseline, BaselineTIFFTagSet.TAG_DATE_TIME, DATE_TIME.format(made)),
                text(PrivateTIFFTagSet.getInstance(), PrivateTIFFTagSet.TAG_GDAL_METADATA, xml(provenance)));
    }

    private static String xml(Provenance provenance) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            // A tag holds ASCII; with this encoding the writer escapes everything else.
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "US-ASCII");
            xml.writeStartElement("GDALMetadata");
            item(xml, "LANDSLIDE_PRODUCT", provenance.product());
            item(xml, "LANDSLIDE_MODEL", provenance.model());
            item(xml, "LANDSLIDE_MODEL_CHECKSUM", provenance.checksum());
            item(xml, "LANDSLIDE_THRESHOLD", Double.toString(provenance.threshold()));
            xml.writeStartElement("Item");
            xml.writeAttribute("name", "DESCRIPTION");
            xml.writeAttribute("sample", "0");
            xml.writeAttribute("role", "description");
            xml.writeCharacters(provenance.product());
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the tags of the " + provenance.product() + " cannot be written", e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private static void item(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement("Item");
        xml.writeAttribute("name", name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    private static TIFFField text(TIFFTagSet tags, int number, String value) {
        return new TIFFField(tags.getTag(number), TIFFTag.TIFF_ASCII, 1, new String[] {value});
    }
}
