package org.geolandslide.training.graph;

/** Element types of the tensors that training graphs use. */
public enum ElementType {
    FLOAT,
    INT64,
    BOOL
}
