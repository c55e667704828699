using Samples;
using Shapes;

return Menu.Run(
    args, "Shapes", "program",
    ("regression", Regression.Title, output => Regression.Run(output)),
    ("reber", Reber.Title, output => Reber.Run(output)),
    ("tagging", Tagging.Title, output => Tagging.Run(output)));
