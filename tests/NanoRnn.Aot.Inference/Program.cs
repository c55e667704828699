using Edge;

Prediction.Run(Forecaster.Pretrained, tellStatistics: args.Length > 0);
