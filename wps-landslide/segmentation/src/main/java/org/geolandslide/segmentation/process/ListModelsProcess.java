package org.geolandslide.segmentation.process;

import org.geotools.process.ProcessException;
import org.geotools.process.factory.DescribeProcess;
import org.geotools.process.factory.DescribeResult;

/** The process {@code landslide:ListModels}. */
@DescribeProcess(
        title = "List landslide models",
        description = "Lists the models that the processes can use, with their inputs, outputs and measured accuracy.")
public final class ListModelsProcess {

    /**
     * Lists the models.
     *
     * @return {@code {"default": name or null, "models": [...], "problems": {file: reason}}}
     */
    @DescribeResult(name = "models", description = "Models as JSON")
    public String execute() throws ProcessException {
        return Requests.answer(() -> ModelJson.list(Models.registry()).toPrettyString());
    }
}
