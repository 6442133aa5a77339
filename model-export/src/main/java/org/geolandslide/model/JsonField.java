package org.geolandslide.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** One place in a JSON document, with errors that name it. */
record JsonField(String path, JsonNode node) {

    JsonField required(String name) throws InvalidPackageException {
        JsonNode child = node.get(name);
        if (child == null || child.isNull()) {
            throw new InvalidPackageException("item.json lacks " + path + "/" + name);
        }
        return new JsonField(path + "/" + name, child);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text() throws InvalidPackageException {
        if (!node.isTextual()) {
            throw wrongType("a string");
        }
        return node.textValue();
    }

    double number() throws InvalidPackageException {
        if (!node.isNumber()) {
            throw wrongType("a number");
        }
        return node.doubleValue();
    }

    long integer() throws InvalidPackageException {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrongType("an integer");
        }
        return node.longValue();
    }

    boolean bool() throws InvalidPackageException {
        if (!node.isBoolean()) {
            throw wrongType("true or false");
        }
        return node.booleanValue();
    }

    int smallInteger() throws InvalidPackageException {
        long value = integer();
        if (value != (int) value) {
            throw wrongType("an integer of 32 bits");
        }
        return (int) value;
    }

    OptionalDouble optionalNumber(String name) throws InvalidPackageException {
        if (!has(name)) {
            return OptionalDouble.empty();
        }
        JsonField field = required(name);
        return OptionalDouble.of(field.node.isTextual() && field.text().equals("nan") ? Double.NaN : field.number());
    }

    List<JsonField> elements() throws InvalidPackageException {
        if (!node.isArray()) {
            throw wrongType("an array");
        }
        List<JsonField> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonField(path + "/" + i, node.get(i)));
        }
        return elements;
    }

    JsonField object() throws InvalidPackageException {
        if (!node.isObject()) {
            throw wrongType("an object");
        }
        return this;
    }

    void mustBe(String expected) throws InvalidPackageException {
        if (!text().equals(expected)) {
            throw new InvalidPackageException("item.json: " + path + " is " + node + ", expected \"" + expected + "\"");
        }
    }

    private InvalidPackageException wrongType(String expected) {
        return new InvalidPackageException("item.json: " + path + " is " + node + ", expected " + expected);
    }
}
