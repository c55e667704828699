namespace NanoRnn.Differential.Running;

/// <summary>Trains models of a class that is not known before run time.</summary>
internal interface ITrainingRun
{
    /// <summary>Trains the model.</summary>
    TrainingResult Train(object model, TrainingRequest request, bool atEnd);
}
