package org.geolandslide.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.geolandslide.model.ProductionCode;

/** The rules of the house that concern training; the segmentation module has the others. */
@AnalyzeClasses(packages = "org.geolandslide", importOptions = ProductionCode.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule TRAINING_DOES_NOT_NAME_GEOSERVER =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.geoserver..");

    @ArchTest
    static final ArchRule NOTHING_BELOW_NAMES_TRAINING = noClasses()
            .that()
            .resideInAnyPackage("org.geolandslide.model..", "org.geolandslide.segmentation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.geolandslide.training..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.geolandslide.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_GENERIC_EXCEPTIONS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule NO_PRINTING = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
