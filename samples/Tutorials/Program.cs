using Samples;
using Tutorials;

return Menu.Run(
    args, "Tutorials", "tutorial",
    ("sum", SumOfSequence.Title, SumOfSequence.Run),
    ("parameters", ParameterCounts.Title, ParameterCounts.Run),
    ("by-hand", OutputByHand.Title, OutputByHand.Run),
    ("train-and-test", TrainAndTest.Title, TrainAndTest.Run));
